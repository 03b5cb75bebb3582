// Package sign makes text that can be signed (RFC 8785), signs and verifies it with SM2 and SM3, keeps
// private keys under a signing phrase, and certifies whose a public key is. It does not know what is
// signed, nor who may sign it.
package sign

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"yipanqi/internal/errs"
)

const (
	maxText  = 4 << 20 // bytes
	maxDepth = 32
	maxPath  = 400 // bytes; long keys above many leaves would otherwise take memory without end
)

// Canonical is v in the JSON Canonicalization Scheme (RFC 8785): a struct, a map, or JSON text as
// json.RawMessage. Leaves are strings and booleans. Numbers are refused, because RFC 8785 reads them as
// doubles, and so are null, duplicate keys, damaged text, more than 4 MiB, more than 32 levels and keys
// that with those above them exceed 400 bytes.
func Canonical(v any) ([]byte, error) {
	tree, err := parse(v)
	if err != nil {
		return nil, err
	}
	return appendValue(nil, tree), nil
}

// IsCanonical says whether text is the one way to write its content, so that its bytes can be compared.
func IsCanonical(text []byte) error {
	canonical, err := Canonical(json.RawMessage(text))
	if err != nil {
		return err
	}
	if !bytes.Equal(canonical, text) {
		return errs.Invalidf("文本不是规范写法（RFC 8785），在签名之后可能被改动过")
	}
	return nil
}

// parse turns v into map[string]any, []any, string and bool.
func parse(v any) (any, error) {
	text, ok := v.(json.RawMessage)
	if !ok {
		var err error
		if text, err = json.Marshal(v); err != nil {
			return nil, fmt.Errorf("canonical JSON: %w", err)
		}
	}
	if len(text) > maxText {
		return nil, errs.Invalidf("要签名的文本超过%d MB，请拆分后再签", maxText>>20)
	}
	if !json.Valid(text) {
		return nil, errs.Invalidf("文本不是完整的JSON")
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	return parseValue(decoder, "", 0)
}

func parseValue(decoder *json.Decoder, path string, depth int) (any, error) {
	token, err := decoder.Token()
	if err != nil {
		return nil, err
	}
	switch token := token.(type) {
	case bool:
		return token, nil
	case string:
		return token, checkText(token, path)
	case json.Delim:
		if depth == maxDepth {
			return nil, errs.Invalidf("文本的“%s”嵌套超过%d层", path, maxDepth)
		}
		if token == '{' {
			return parseObject(decoder, path, depth)
		}
		return parseArray(decoder, path, depth)
	}
	return nil, errs.Invalidf("文本的“%s”是数字或空值，只允许文字和真假值", path)
}

func parseObject(decoder *json.Decoder, path string, depth int) (any, error) {
	object := map[string]any{}
	for decoder.More() {
		token, err := decoder.Token()
		if err != nil {
			return nil, err
		}
		key := token.(string)
		at := memberPath(path, key)
		if len(at) > maxPath {
			return nil, errs.Invalidf("文本的“%.40s…”名称过长", at)
		}
		if err := checkText(key, at); err != nil {
			return nil, err
		}
		if _, twice := object[key]; twice {
			return nil, errs.Invalidf("文本的“%s”出现了两次", at)
		}
		if object[key], err = parseValue(decoder, at, depth+1); err != nil {
			return nil, err
		}
	}
	_, err := decoder.Token()
	return object, err
}

func parseArray(decoder *json.Decoder, path string, depth int) (any, error) {
	array := []any{}
	for decoder.More() {
		item, err := parseValue(decoder, itemPath(path, len(array)), depth+1)
		if err != nil {
			return nil, err
		}
		array = append(array, item)
	}
	_, err := decoder.Token()
	return array, err
}

// checkText refuses U+FFFD: encoding/json writes it, silently, for bytes that are not UTF-8 and for half
// a surrogate pair, and typed by a person it is damaged text as well.
func checkText(s, path string) error {
	if strings.ContainsRune(s, utf8.RuneError) {
		return errs.Invalidf("文本的“%s”含有损坏的字符（�），请改正", path)
	}
	return nil
}

func appendValue(b []byte, v any) []byte {
	switch v := v.(type) {
	case string:
		return appendString(b, v)
	case bool:
		return fmt.Append(b, v)
	case []any:
		b = append(b, '[')
		for i, item := range v {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendValue(b, item)
		}
		return append(b, ']')
	}
	object := v.(map[string]any)
	b = append(b, '{')
	for i, key := range sortedKeys(object) {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(appendString(b, key), ':')
		b = appendValue(b, object[key])
	}
	return append(b, '}')
}

// sortedKeys sorts by UTF-16 code units (RFC 8785, 3.2.3); Go's own order is that of code points.
func sortedKeys(object map[string]any) []string {
	keys := make([]string, 0, len(object))
	for key := range object {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b string) int {
		return slices.Compare(utf16.Encode([]rune(a)), utf16.Encode([]rune(b)))
	})
	return keys
}

// appendString escapes as RFC 8785, 3.2.2.2 has it: as little as possible.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	for i := range len(s) {
		c := s[i]
		short := strings.IndexByte("\b\t\n\f\r", c)
		switch {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case short >= 0:
			b = append(b, '\\', "btnfr"[short])
		case c < 0x20:
			b = fmt.Appendf(b, `\u%04x`, c)
		default:
			b = append(b, c)
		}
	}
	return append(b, '"')
}
