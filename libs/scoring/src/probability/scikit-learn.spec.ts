import { auc, averagePrecision, rocCurve } from '../backtest/ranking';
import { brier, calibrationError, calibrationLine, logLoss, reliabilityBins } from '../backtest/calibration';
import { fitPlatt } from './calibrate';
import * as fixture from './fixtures/scikit-learn.json';
import { fitLogistic, sigmoid } from './logistic';

const lost = fixture.y.map((one) => one === 1);
const said = fixture.logOdds.map(sigmoid);
const predictions = said.map((probability, i) => ({ account: `a${i}`, probability, lost: lost[i] ?? false }));
const coarse = predictions.map((one) => ({ ...one, probability: Math.round(one.probability * 100) / 100 }));

describe('numbers of scikit-learn', () => {
  it.each(fixture.fits)('the ridge fit with penalty $penalty is theirs', ({ penalty, intercept, coefficients }) => {
    const fit = fitLogistic(
      { rows: fixture.x, y: fixture.y },
      { mean: [0, 0, 0], precision: [penalty, penalty, penalty] },
    );
    expect(fit.converged).toBe(true);
    expect(fit.intercept).toBeCloseTo(intercept, 6);
    coefficients.forEach((one, j) => expect(fit.coefficients[j]).toBeCloseTo(one, 6));
  });

  it('the weighted fit is theirs', () => {
    const { rows, y, weights } = { rows: fixture.x, y: fixture.y, weights: fixture.weights };
    const fit = fitLogistic({ rows, y, weights }, { mean: [0, 0, 0], precision: [1, 1, 1] });
    fixture.weighted.coefficients.forEach((one, j) => expect(fit.coefficients[j]).toBeCloseTo(one, 6));
  });

  it("Platt's sigmoid is theirs", () => {
    const platt = fitPlatt(fixture.logOdds, lost);
    expect(platt.slope).toBeCloseTo(fixture.platt.slope, 4);
    expect(platt.intercept).toBeCloseTo(fixture.platt.intercept, 4);
  });

  it('AUC and average precision are theirs, with and without ties', () => {
    expect(auc(predictions)).toBeCloseTo(fixture.auc, 10);
    expect(auc(coarse)).toBeCloseTo(fixture.aucWithTies, 10);
    expect(averagePrecision(predictions)).toBeCloseTo(fixture.averagePrecision, 10);
    expect(averagePrecision(coarse)).toBeCloseTo(fixture.averagePrecisionWithTies, 10);
  });

  it('Brier score, log-loss, reliability and ECE are theirs', () => {
    expect(brier(predictions)).toBeCloseTo(fixture.brier, 10);
    expect(logLoss(predictions)).toBeCloseTo(fixture.logLoss, 10);
    expect(calibrationError(predictions)).toBeCloseTo(fixture.calibrationError, 10);
    reliabilityBins(predictions).forEach(({ said, seen }, i) => {
      expect(said).toBeCloseTo(fixture.reliability[i]?.said ?? NaN, 10);
      expect(seen.value).toBeCloseTo(fixture.reliability[i]?.seen ?? NaN, 10);
    });
  });

  it('the area under the ROC corners is the AUC', () => {
    const corners = rocCurve(coarse, 10_000);
    const area = corners.reduce((sum, to, i) => {
      const from = corners[i - 1] ?? to;
      const width = to.falsePositiveRate - from.falsePositiveRate;
      return sum + (width * (to.truePositiveRate + from.truePositiveRate)) / 2;
    }, 0);
    expect(area).toBeCloseTo(fixture.aucWithTies, 10);
  });

  it('what Platt makes of its own sample is calibrated but for his drawn-in targets', () => {
    const { slope, intercept } = fitPlatt(fixture.logOdds, lost);
    const made = predictions.map((one, i) => ({
      ...one,
      probability: sigmoid(intercept + slope * (fixture.logOdds[i] ?? 0)),
    }));
    const line = calibrationLine(made);
    expect(line.slope).toBeGreaterThan(0.95);
    expect(line.slope).toBeLessThan(1.1);
    expect(Math.abs(line.intercept)).toBeLessThan(0.1);
  });
});
