use std::path::Path;

use parcelgauge::simulate::{COURIERS_A_SITE, Defect, Network, Product};

use super::Outcome;
use super::tables::Table;

const COURIER_COLUMNS: [&str; 6] = ["courier", "region", "facility", "trouble", "pace", "careless_times"];
const LANE_COLUMNS: [&str; 5] = ["origin_region", "destination_region", "distance_km", "product", "plan_hours"];

/// Writes what is true of the network whatever is sent: skills of couriers, distances and plans of lanes.
pub fn write(network: &Network, directory: &Path) -> Outcome<()> {
    let mut couriers = Table::create(directory, "truth_by_courier.csv", &COURIER_COLUMNS)?;
    let mut lanes = Table::create(directory, "truth_by_lane.csv", &LANE_COLUMNS)?;
    for (number, region) in network.regions().iter().enumerate() {
        for (site_number, site) in region.sites.iter().enumerate() {
            for (courier_number, courier) in site.couriers.iter().enumerate() {
                let courier_number = site_number * usize::from(COURIERS_A_SITE) + courier_number;
                couriers.row([
                    courier.id.to_string(),
                    region.name.to_string(),
                    site.id.to_string(),
                    courier.trouble.to_string(),
                    courier.pace.to_string(),
                    careless_times(network, number, courier_number).to_string(),
                ])?;
            }
        }
        for other in network.regions() {
            for product in Product::ALL {
                lanes.row([
                    region.name.to_string(),
                    other.name.to_string(),
                    region.distance_km(other).to_string(),
                    product.name().to_owned(),
                    network.plan_hours(product, region, other).to_string(),
                ])?;
            }
        }
    }
    couriers.flush()?;
    lanes.flush()
}

/// How many times as often as by skill alone a courier errs.
fn careless_times(network: &Network, region: usize, courier: usize) -> u32 {
    let times = network.defects().iter().map(|defect| match *defect {
        Defect::CarelessCourier { region: at, courier: who, times }
            if (usize::from(at), usize::from(who)) == (region, courier) =>
        {
            times
        }
        _ => 0,
    });
    times.sum::<u32>().max(1)
}
