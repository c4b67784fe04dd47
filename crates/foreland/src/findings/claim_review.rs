//! Claim cards as ClaimReview of schema.org (<https://schema.org/ClaimReview>), in JSON-LD.

use serde_json::{Value, json};

use super::{ClaimFinding, Findings, Verdict};

/// The reviews of all claims as one JSON-LD graph.
pub(crate) fn claim_reviews(findings: &Findings) -> Value {
    let reviews = findings.claims.iter().map(review);
    json!({ "@context": "https://schema.org", "@graph": reviews.collect::<Vec<_>>() })
}

fn review(claim: &ClaimFinding) -> Value {
    json!({
        "@type": "ClaimReview",
        "@id": format!("#claim-{}", claim.id),
        "name": claim.title,
        "claimReviewed": claim.statement,
        "itemReviewed": {
            "@type": "Claim",
            // Whether a person or a body spoke is not known here.
            "author": { "name": claim.speaker },
            "datePublished": claim.said_on.to_string(),
            "appearance": { "@type": "CreativeWork", "name": claim.source },
        },
        "author": { "@type": "Organization", "name": "foreland", "url": env!("CARGO_PKG_REPOSITORY") },
        "reviewBody": claim.because,
        "reviewRating": rating(claim.verdict),
    })
}

/// The verdict; one that data do not allow has no number.
fn rating(verdict: Verdict) -> Value {
    let value = match verdict {
        Verdict::Supported => 3,
        Verdict::SupportedOnlyIf => 2,
        Verdict::NotSupported => 1,
        Verdict::NotCheckable => {
            return json!({ "@type": "Rating", "alternateName": verdict.label() });
        }
    };
    json!({
        "@type": "Rating",
        "ratingValue": value,
        "worstRating": 1,
        "bestRating": 3,
        "alternateName": verdict.label(),
    })
}
