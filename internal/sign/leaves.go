package sign

// A digest of every leaf of a document, by which the place of a change can be named afterwards.

import (
	"fmt"
	"slices"
	"strings"
)

// Leaves maps the path of every leaf of v, as "content.cells[3].value", to the first 16 hex digits of
// the SM3 digest of its canonical JSON. An empty object or array is a leaf. What v may be: see Canonical.
func Leaves(v any) (map[string]string, error) {
	tree, err := parse(v)
	if err != nil {
		return nil, err
	}
	leaves := map[string]string{}
	addLeaves(leaves, "", tree)
	return leaves, nil
}

// ChangedLeaves are the sorted paths at which v differs from leaves, lacks one of them or has one more.
func ChangedLeaves(v any, leaves map[string]string) ([]string, error) {
	now, err := Leaves(v)
	if err != nil {
		return nil, err
	}
	changed := []string{}
	for path, digest := range now {
		if leaves[path] != digest {
			changed = append(changed, path)
		}
	}
	for path := range leaves {
		if _, ok := now[path]; !ok {
			changed = append(changed, path)
		}
	}
	slices.Sort(changed)
	return changed, nil
}

func addLeaves(leaves map[string]string, path string, v any) {
	switch v := v.(type) {
	case map[string]any:
		for key, member := range v {
			addLeaves(leaves, memberPath(path, key), member)
		}
		if len(v) > 0 {
			return
		}
	case []any:
		for i, item := range v {
			addLeaves(leaves, itemPath(path, i), item)
		}
		if len(v) > 0 {
			return
		}
	}
	leaves[path] = Digest(appendValue(nil, v))[:16]
}

// memberPath quotes a key that could be taken for a path, so that no two leaves share one.
func memberPath(path, key string) string {
	if key == "" || strings.ContainsAny(key, `.[]"`) {
		return fmt.Sprintf("%s[%q]", path, key)
	}
	if path == "" {
		return key
	}
	return path + "." + key
}

func itemPath(path string, i int) string { return fmt.Sprintf("%s[%d]", path, i) }
