#!/usr/bin/env bash
# Runs once Elasticsearch is healthy: gives Kibana's user its password, and newsdex a user of its own that may
# touch its own indices only. Doing it again changes nothing.
set -euo pipefail

call() { # method, path, body: prints why and fails unless the answer is a success
    local answer status
    answer=$(curl --silent --show-error --max-time 30 --request "$1" --user "elastic:$ELASTIC_PASSWORD" \
        --header 'Content-Type: application/json' --data-binary "$3" --write-out '\n%{http_code}' \
        "$ELASTICSEARCH_URL$2")
    status=${answer##*$'\n'}
    if [[ $status != 2* ]]; then
        echo "elasticsearch-setup: $1 $2 answered $status: ${answer%$'\n'*}" >&2
        exit 1
    fi
}

for name in ELASTIC_PASSWORD KIBANA_PASSWORD NEWSDEX_ELASTIC_PASSWORD; do
    if [[ ! ${!name} =~ ^[A-Za-z0-9_.-]{6,}$ ]]; then # written into JSON below; Elasticsearch wants six characters
        echo "elasticsearch-setup: $name takes six or more of: letters, digits, _ . -" >&2
        exit 2
    fi
done

call POST /_security/user/kibana_system/_password "{\"password\": \"$KIBANA_PASSWORD\"}"
call PUT /_security/role/newsdex '{
    "cluster": ["monitor"],
    "indices": [{"names": ["newsdex-*"], "privileges": ["all"]}]
}'
call PUT /_security/user/newsdex "{\"password\": \"$NEWSDEX_ELASTIC_PASSWORD\", \"roles\": [\"newsdex\"]}"
echo "elasticsearch-setup: the users kibana_system and newsdex are ready"
