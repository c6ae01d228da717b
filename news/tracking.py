"""Query parameters that say where a reader came from, never which page is meant."""

from __future__ import annotations

TRACKING_PREFIXES = ("utm_", "pk_", "mtm_", "matomo_", "hsa_", "_hs", "__hs", "at_", "ito_")
TRACKING_PARAMETERS = frozenset(
    {
        "_ga",
        "_gl",
        "cmpid",
        "dclid",
        "echobox",
        "fbclid",
        "feature_ref",
        "gbraid",
        "gclid",
        "gclsrc",
        "igsh",
        "igshid",
        "li_fat_id",
        "mc_cid",
        "mc_eid",
        "mkt_tok",
        "msclkid",
        "ncid",
        "ocid",
        "oly_anon_id",
        "oly_enc_id",
        "rb_clickid",
        "ref_src",
        "s_cid",
        "smid",
        "smtyp",
        "spref",
        "sr_share",
        "ttclid",
        "twclid",
        "vero_conv",
        "vero_id",
        "wbraid",
        "wickedid",
        "xtor",
        "yclid",
        "ysclid",
    }
)


def is_tracking_parameter(name: str) -> bool:
    """Whether a query parameter, its name in lower case, can be dropped from any site's URLs."""
    return name in TRACKING_PARAMETERS or name.startswith(TRACKING_PREFIXES)
