import { Button, PasswordInput, Stack, TextInput, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api } from '../../api/client';
import { ProblemError, describeError, fieldError } from '../../api/problem';
import { safeNext } from '../../app/search-params';
import styles from './sign-in.module.css';

const MIN_PASSWORD = 10;

/** After a session is there: forget what was known without it and go where the person was heading. */
function useEnter(): () => Promise<void> {
  const client = useQueryClient();
  const router = useRouter();
  const { next } = useSearch({ from: '/sign-in' });
  return async () => {
    client.clear();
    router.history.replace(safeNext(next));
    await router.invalidate();
  };
}

function Frame(props: { title: string; lead: string; problem?: string | undefined; children: ReactNode }): ReactNode {
  useDocumentTitle(`${props.title} · Tenure`);
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <div className={styles.brand}>
          <img src="/icon.svg" alt="" width={28} height={28} /> Tenure
        </div>
        <Title order={1}>{props.title}</Title>
        <p className={styles.lead}>{props.lead}</p>
        <div role="alert">{props.problem ? <p className={styles.problem}>{props.problem}</p> : null}</div>
        {props.children}
      </div>
    </main>
  );
}

function problemText(error: unknown): string | undefined {
  if (!error) return undefined;
  if (error instanceof ProblemError && error.status === 401) return 'E-mail or password is not right.';
  return describeError(error);
}

function PasswordForm(): ReactNode {
  const { expired } = useSearch({ from: '/sign-in' });
  const enter = useEnter();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useMutation({ mutationFn: () => api.post('/session', { email, password }), onSuccess: enter });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    signIn.mutate();
  };
  const lead = expired ? 'Your session has ended. Sign in to go on where you were.' : 'Welcome back.';
  return (
    <Frame title="Sign in" lead={lead} problem={problemText(signIn.error)}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            label="E-mail"
            type="email"
            autoComplete="username"
            required
            withAsterisk={false}
            autoFocus
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            required
            withAsterisk={false}
            value={password}
            visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" loading={signIn.isPending} fullWidth>
            Sign in
          </Button>
        </Stack>
      </form>
    </Frame>
  );
}

function LinkForm({ token }: { token: string }): ReactNode {
  const enter = useEnter();
  const navigate = useNavigate();
  const [password, setPassword] = useState('');
  const accept = useMutation({ mutationFn: () => api.post('/session/link', { token, password }), onSuccess: enter });
  const used = accept.error instanceof ProblemError && [401, 404, 409, 410].includes(accept.error.status);
  const problem = used ? 'This link has been used or has expired. Ask an admin for a new one.' : undefined;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    accept.mutate();
  };
  return (
    <Frame
      title="Set your password"
      lead="You will sign in with it from now on. The link works once."
      problem={problem ?? problemText(accept.error)}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          <PasswordInput
            label="New password"
            description={`At least ${MIN_PASSWORD} characters`}
            autoComplete="new-password"
            required
            withAsterisk={false}
            minLength={MIN_PASSWORD}
            autoFocus
            value={password}
            error={fieldError(accept.error, 'password')}
            visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" loading={accept.isPending} fullWidth>
            Set the password and sign in
          </Button>
          {used ? (
            <Button variant="subtle" onClick={() => void navigate({ to: '/sign-in', search: {} })}>
              Sign in with a password
            </Button>
          ) : null}
        </Stack>
      </form>
    </Frame>
  );
}

/** Sign-in with e-mail and password; with ?token= of a one-time link, the password is set first. */
export function SignInPage(): ReactNode {
  const { token } = useSearch({ from: '/sign-in' });
  return token ? <LinkForm token={token} /> : <PasswordForm />;
}
