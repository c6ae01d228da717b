#!/usr/bin/env bash
# Runs once Kibana is healthy: imports newsdex's data views, saved searches and dashboards, over older ones of theirs.
set -euo pipefail

answer=$(curl --silent --show-error --max-time 60 --user "elastic:$ELASTIC_PASSWORD" --header 'kbn-xsrf: true' \
    --form "file=@$SAVED_OBJECTS" --write-out '\n%{http_code}' \
    "$KIBANA_URL/api/saved_objects/_import?overwrite=true")
status=${answer##*$'\n'}
if [[ $status != 2* || $answer != *'"success":true'* ]]; then # a part that fails is still answered with 200
    echo "kibana-setup: the import answered $status: ${answer%$'\n'*}" >&2
    exit 1
fi
echo "kibana-setup: data views, searches and dashboards are in Kibana"
