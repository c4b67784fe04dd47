import type { Assumption, Ranged, Route, RouteAnswer } from "../api/sea.ts";
import { fixed, plain, unitName } from "../i18n/number.ts";
import { t } from "../i18n/language.ts";
import { FIGURES, HOURS_PER_DAY } from "./figures.ts";

/** What a way's cost is made of, what it emits, and what both rest on. */
export function CostView({ given, way }: { given: RouteAnswer; way: Route }) {
  if (!way.cost_usd) return null;
  return (
    <details class="costs">
      <summary>{t("cost-parts")}</summary>
      <p class="fine">{t("cost-lead", { vessel: t(`vessel-${given.cost_class}`) })}</p>
      <div class="scroll" tabIndex={0} role="group" aria-label={t("cost-parts")}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("figure")}</th>
              <th scope="col" class="number">{t("central")}</th>
              <th scope="col" class="number">{t("range-of-draws")}</th>
              <th scope="col">{t("unit")}</th>
            </tr>
          </thead>
          <tbody>
            {rows(way).map(({ id, value, range, unit, decimals }) => (
              <tr key={id} data-cost={id}>
                <th scope="row">{t(id)}</th>
                <td class="number">{fixed(value, decimals)}</td>
                <td class="number">
                  {range ? t("range", { from: fixed(range.p5, decimals), to: fixed(range.p95, decimals) }) : "–"}
                </td>
                <td>{unitName(unit)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Assumptions all={given.assumptions ?? []} />
    </details>
  );
}

interface Row {
  id: string;
  value: number;
  range?: Ranged | undefined;
  unit: string;
  decimals: number;
}

/** Charter, fuel and tolls add up to the cost. */
function rows(way: Route): Row[] {
  const all: Row[] = [
    { id: "cost-charter", value: way.charter_usd ?? 0, unit: "USD", decimals: 0 },
    { id: "cost-fuel", value: way.fuel_usd ?? 0, unit: "USD", decimals: 0 },
    { id: "cost-tolls", value: way.tolls_usd ?? 0, unit: "USD", decimals: 0 },
  ];
  const ranged = (id: string, range: Ranged | undefined, unit: string, decimals: number) => {
    if (range) all.push({ id, value: range.central, range, unit, decimals });
  };
  for (const { id, unit, decimals, range } of FIGURES) ranged(id, range?.(way), unit, decimals);
  ranged("emissions-ttw", way.emissions?.ttw_t_co2e, "t CO2e", 0);
  const days = (h: number) => h / HOURS_PER_DAY;
  const time = way.ship_time_h;
  ranged("ship-days", time && { central: days(time.central), p5: days(time.p5), p50: days(time.p50), p95: days(time.p95) }, "d", 1);
  ranged("fuel-burnt", way.fuel_t, "t", 0);
  const share = way.per_unit;
  if (share) {
    ranged("cost-per-unit", share.cost_usd, `USD/${share.unit}`, share.unit === "TEU" ? 0 : 2);
    ranged("emissions-per-unit", share.wtw_kg_co2e, `kg CO2e/${share.unit}`, share.unit === "TEU" ? 0 : 1);
  }
  return all;
}

function Assumptions({ all }: { all: Assumption[] }) {
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={t("assumptions-caption")}>
      <table>
        <caption>{t("cost-assumptions")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("assumption")}</th>
            <th scope="col" class="number">{t("value")}</th>
            <th scope="col" class="number">{t("low")}</th>
            <th scope="col" class="number">{t("high")}</th>
            <th scope="col">{t("unit")}</th>
            <th scope="col">{t("basis")}</th>
            <th scope="col">{t("source")}</th>
          </tr>
        </thead>
        <tbody>
          {all.map((one) => (
            <tr key={one.id}>
              <th scope="row" lang="en">{one.label}</th>
              <td class="number">{plain(one.value)}</td>
              <td class="number">{plain(one.low)}</td>
              <td class="number">{plain(one.high)}</td>
              <td>{unitName(one.unit)}</td>
              <td>{t(`basis-${one.basis}`)}</td>
              <td lang="en">{one.source}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
