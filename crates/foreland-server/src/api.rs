//! The addresses of the API, one file each.

pub mod about;
pub mod jobs;
pub mod land;
pub mod matrix;
pub mod passages;
pub mod places;
pub mod ports;
pub mod results;
pub mod route;
mod route_cost;
pub mod studies;
pub mod vessels;
