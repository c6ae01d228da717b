"""Query parameters that say where a reader came from or who is reading, but do not identify the page."""

from __future__ import annotations

import re

TRACKING_PREFIXES = ("utm_", "pk_", "mtm_", "matomo_", "hsa_", "_hs", "__hs", "at_", "ito_", "wt_", "ns_")
TRACKING_PARAMETERS = frozenset(
    {
        "__source",
        "__tn__",
        "__twitter_impression",
        "_branch_match_id",
        "_ga",
        "_gl",
        "_openstat",
        "cmpid",
        "dclid",
        "echobox",
        "fbclid",
        "feature_ref",
        "ftag",
        "gbraid",
        "gclid",
        "gclsrc",
        "guccounter",
        "guce_referrer",
        "guce_referrer_sig",
        "icid",
        "igsh",
        "igshid",
        "int_cmp",
        "intcmp",
        "li_fat_id",
        "mc_cid",
        "mc_eid",
        "mibextid",
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
        "srsltid",
        "taid",
        "traffic_source",
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
SESSION_PREFIXES = ("aspsessionid",)
SESSION_PARAMETERS = frozenset(
    {"phpsessid", "jsessionid", "sessionid", "session_id", "sessid", "cfid", "cftoken", "zenid", "oscsid"}
)
_SESSION_VALUE = re.compile(r"[0-9a-f]{16,}", re.IGNORECASE)  # a "sid" may also be a story's number


def is_tracking_parameter(name: str, value: str = "") -> bool:
    """Whether a query parameter can be dropped from any site's URLs; `name` is in lower case."""
    if name in TRACKING_PARAMETERS or name in SESSION_PARAMETERS:
        return True
    if name.startswith(TRACKING_PREFIXES) or name.startswith(SESSION_PREFIXES):
        return True
    return name == "sid" and bool(_SESSION_VALUE.fullmatch(value))
