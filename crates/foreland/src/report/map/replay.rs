//! One replication on the map: a circle for each station, as large as its queue, hour by hour. It
//! plays without a script: the drawing is moved by its own clock (SMIL), from a click on.

use jiff::SignedDuration;
use jiff::civil::DateTime;

use super::projection::Projection;
use super::view::{View, east_of};
use super::{LAND_BYTES, Land, NAME_PX, Sheet, path, rect, text};
use crate::findings::{SimulationReplay, StationReplay};
use crate::number;
use crate::report::markup::{Element, el};

/// Width, px of its own.
const WIDTH_PX: f64 = 720.0;
/// Radius of the largest circle, px.
const LARGEST_PX: f64 = 60.0;
/// Least radius of a circle that is drawn, px.
const SMALLEST_PX: f64 = 1.0;
/// Height of the strip with the time below the map, px.
const STRIP_PX: f64 = 46.0;
/// Hours that pass in a second of the replay.
const HOURS_PER_S: f64 = 6.0;
/// Degrees shown around a single place.
const AROUND_DEG: f64 = 0.6;

/// The replay on the map; none if no station has a place on it.
pub(in crate::report) fn replay(replay: &SimulationReplay, land: &Land) -> Option<Element> {
    let mut placed: Vec<(&StationReplay, [f64; 2])> = replay
        .stations
        .iter()
        .filter(|station| station.waiting.iter().any(|waiting| *waiting > 0.0))
        .filter_map(|station| Some((station, station.lon_lat_deg?)))
        .collect();
    let hours = placed.first()?.0.waiting.len();
    if hours < 2 {
        return None;
    }
    // Large circles first, so that small ones lie on them.
    let most = |station: &StationReplay| station.waiting.iter().copied().fold(0.0, f64::max);
    placed.sort_by(|a, b| most(b.0).total_cmp(&most(a.0)));
    let largest = most(placed[0].0);
    let busiest = busiest_hour(&placed, hours);
    let view = view(&placed);
    let id = format!("map-replay-{}", replay.scenario);
    let clock = Clock {
        id: id.replace('-', "_"),
        shown: &id,
        duration_s: hours as f64 / HOURS_PER_S,
    };
    let mut sheet = Sheet::new(view, land.path(&view, LAND_BYTES.1));
    let start: DateTime = replay.start.parse().unwrap_or(DateTime::MIN);
    let (mut circles, mut names) = (Vec::new(), Vec::new());
    for (station, [lon, lat]) in &placed {
        let [x, y] = view.place(*lon, *lat);
        let radius = |waiting: f64| match waiting {
            none if none <= 0.0 => 0.0,
            some => (LARGEST_PX * (some / largest).sqrt()).max(SMALLEST_PX),
        };
        let radii = station.waiting.iter().map(|waiting| radius(*waiting));
        circles.push(
            el("circle")
                .class("waiting")
                .attr("cx", format!("{x:.1}"))
                .attr("cy", format!("{y:.1}"))
                .attr("r", format!("{:.1}", radius(station.waiting[busiest])))
                .child(el("title").text(format!(
                    "{}: at most {} wait",
                    station.station,
                    number::fixed(most(station), 0)
                )))
                .child(clock.animate("r", radii)),
        );
        let label = sheet.labels.beside(&station.station, [x, y], 6.0, NAME_PX);
        names.extend(label.map(|label| text(&label, "place".to_owned(), NAME_PX)));
        sheet.labels.avoid_symbol([x, y], 6.0);
    }
    let whole = view.height + STRIP_PX;
    let title = format!("{}: how many wait where, hour by hour", replay.title);
    Some(
        el("svg")
            .class("map")
            .attr("id", &id)
            .attr("viewBox", format!("0 0 {} {whole}", view.width))
            .attr("role", "group")
            .attr("aria-labelledby", format!("{id}-title"))
            .child(el("title").attr("id", format!("{id}-title")).text(title))
            .child(rect("water", view.width, view.height))
            .child(path("land", std::mem::take(&mut sheet.land)))
            .children(circles)
            .children(names)
            .child(strip(&clock, (start, hours, busiest), view)),
    )
}

/// The hour in which most wait, all stations together.
fn busiest_hour(placed: &[(&StationReplay, [f64; 2])], hours: usize) -> usize {
    let sum = |hour: usize| -> f64 { placed.iter().map(|(one, _)| one.waiting[hour]).sum() };
    (0..hours)
        .max_by(|a, b| sum(*a).total_cmp(&sum(*b)))
        .unwrap_or(0)
}

/// The part of the world that holds all places.
fn view(placed: &[(&StationReplay, [f64; 2])]) -> View {
    let first = placed[0].1;
    let mean = |axis: usize| placed.iter().map(|(_, at)| at[axis]).sum::<f64>();
    let count = placed.len() as f64;
    let far = placed
        .iter()
        .any(|(_, at)| east_of(first[0], at[0]).abs() > 60.0);
    let projection = if far {
        Projection::EqualEarth {
            centre_deg: first[0],
        }
    } else {
        Projection::Local {
            centre_deg: mean(0) / count,
            true_lat_deg: (mean(1) / count).clamp(-75.0, 75.0),
        }
    };
    let around = placed.iter().flat_map(|(_, [lon, lat])| {
        let d = AROUND_DEG;
        [[lon - d, lat - d], [lon + d, lat + d]]
    });
    View::around(
        projection,
        &around.collect::<Vec<_>>(),
        WIDTH_PX,
        (1.2, 1.8),
    )
}

/// What moves the drawing: it begins with a click on one link and ends with one on another.
struct Clock<'a> {
    /// Without a hyphen: in the times of an animation that is a minus.
    id: String,
    /// What a click leads to.
    shown: &'a str,
    duration_s: f64,
}

impl Clock<'_> {
    fn animate(&self, attribute: &'static str, values: impl Iterator<Item = f64>) -> Element {
        let values: Vec<String> = values
            .map(|value| number::plain((value * 10.0).round() / 10.0))
            .collect();
        el("animate")
            .attr("attributeName", attribute)
            .attr("values", values.join(";"))
            .attr("dur", format!("{:.0}s", self.duration_s.max(1.0)))
            .attr("begin", format!("{}_play.click", self.id))
            .attr("end", format!("{}_stop.click", self.id))
            .attr("restart", "always")
    }

    fn button(&self, what: &str, words: &str, x: f64, y: f64) -> Element {
        el("a")
            .attr("id", format!("{}_{what}", self.id))
            .attr("href", format!("#{}", self.shown))
            .child(
                el("text")
                    .class("button")
                    .attr("x", x)
                    .attr("y", format!("{y:.1}"))
                    .attr("font-size", NAME_PX)
                    .text(words),
            )
    }
}

/// The strip below the map: what is clicked on, days, and where in time the drawing is.
fn strip(
    clock: &Clock<'_>,
    (start, hours, busiest): (DateTime, usize, usize),
    view: View,
) -> Element {
    let (left, right) = (110.0, view.width - 20.0);
    let line_y = view.height + 16.0;
    let at = |hour: f64| left + (right - left) * hour / (hours - 1) as f64;
    let days = (hours / 24).max(1);
    // At most ten dates.
    let every = days.div_ceil(10);
    let midnight = (24 - i64::from(start.hour())) % 24;
    let ticks = (0..=days).step_by(every).filter_map(|day| {
        let hour = midnight + 24 * day as i64;
        let date = start.checked_add(SignedDuration::from_hours(hour)).ok()?;
        (hour < hours as i64).then(|| {
            el("text")
                .class("tick")
                .attr("x", format!("{:.1}", at(hour as f64)))
                .attr("y", format!("{:.1}", line_y + 20.0))
                .attr("font-size", NAME_PX - 2.0)
                .attr("text-anchor", "middle")
                .text(date.date().to_string().chars().skip(5).collect::<String>())
        })
    });
    el("g")
        .child(clock.button("play", "▶ Play", 8.0, line_y + 4.0))
        .child(clock.button("stop", "■ Stop", 8.0, line_y + 22.0))
        .child(
            el("line")
                .class("time")
                .attr("x1", left)
                .attr("x2", right)
                .attr("y1", format!("{line_y:.1}"))
                .attr("y2", format!("{line_y:.1}")),
        )
        .children(ticks)
        .child(
            el("circle")
                .class("point")
                .attr("cy", format!("{line_y:.1}"))
                .attr("cx", format!("{:.1}", at(busiest as f64)))
                .attr("r", 5)
                .child(clock.animate("cx", [at(0.0), at((hours - 1) as f64)].into_iter())),
        )
}

#[cfg(test)]
mod tests {
    use super::replay;
    use crate::findings::{SimulationReplay, StationReplay};
    use crate::report::map::Land;

    fn station(place: Option<[f64; 2]>, waiting: &[f64]) -> StationReplay {
        StationReplay {
            station: "the roads".to_owned(),
            lon_lat_deg: place,
            waiting: waiting.to_vec(),
            through: vec![0.0; waiting.len()],
        }
    }

    fn drawn(stations: Vec<StationReplay>) -> Option<String> {
        let played = SimulationReplay {
            scenario: "second-access".to_owned(),
            title: "A strike".to_owned(),
            replication: 0,
            start: "2024-11-12T00:00:00".to_owned(),
            stations,
        };
        let svg = replay(&played, &Land::new(Vec::new()))?;
        let mut out = String::new();
        svg.write(&mut out);
        Some(out)
    }

    #[test]
    fn circles_grow_with_the_queue_from_a_click_on() {
        let placed = station(Some([-77.1, -12.0]), &[0.0, 100.0, 400.0, 25.0]);
        let nowhere = station(None, &[9.0; 4]);
        let svg = drawn(vec![placed, nowhere.clone()]).expect("one has a place");
        let document = roxmltree::Document::parse(&svg).expect("well-formed");
        let animated: Vec<_> = document
            .descendants()
            .filter(|node| node.has_tag_name("animate"))
            .collect();
        // Half the radius for a quarter of the queue.
        assert_eq!(animated[0].attribute("values"), Some("0;30;60;15"));
        assert_eq!(animated.len(), 2);
        for node in animated {
            let begin = node.attribute("begin").expect("a beginning");
            let button = begin.strip_suffix(".click").expect("a click");
            assert!(!button.contains('-'), "a hyphen is a minus in {begin}");
            assert!(
                document
                    .descendants()
                    .any(|n| n.attribute("id") == Some(button))
            );
        }
        // Without the clock the hour is shown in which most wait.
        let circle = document
            .descendants()
            .find(|n| n.attribute("class") == Some("waiting"));
        assert_eq!(circle.and_then(|n| n.attribute("r")), Some("60.0"));
        assert!(drawn(vec![nowhere]).is_none());
    }
}
