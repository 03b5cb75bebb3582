package auth

// Passwords as Argon2id hashes, slow on purpose and few at a time. Who has one is account's.

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/trustelem/zxcvbn/frequency"
	"golang.org/x/crypto/argon2"

	"yipanqi/internal/errs"
)

// Argon2id with the parameters OWASP recommends first (19 MiB, 2 passes); about 35 ms.
const (
	argonMemory  = 19 * 1024
	argonPasses  = 2
	argonThreads = 1
	argonKey     = 32
)

// hashing bounds the memory that parallel sign-ins can take.
var hashing = make(chan struct{}, 4)

// common are the commonest passwords, in lower case.
var common = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for _, password := range frequency.FrequencyLists["passwords"] {
		all[password] = true
	}
	return all
})

// HashPassword returns the PHC text of an Argon2id hash. Passwords have 8 characters or more, and are neither what
// everybody uses nor the login.
func HashPassword(password, login string) (string, error) {
	if n := utf8.RuneCountInString(password); n < 8 || n > 200 {
		return "", errs.Fields{"password": {Key: "密码至少8个字符，最多200个。"}}.Check("密码太短或太长。")
	}
	switch lower, name := strings.ToLower(password), strings.ToLower(strings.TrimSpace(login)); {
	case common()[lower]:
		return "", errs.Fields{"password": {Key: "这个密码太常见，容易被猜中。请换一个，例如几个不相干的词连起来。"}}.Check("密码太常见。")
	case name != "" && strings.ReplaceAll(lower, name, "") == "":
		return "", errs.Fields{"password": {Key: "密码不能与用户名相同。"}}.Check("密码不能与用户名相同。")
	}
	salt := make([]byte, 16)
	rand.Read(salt)
	b64 := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonPasses, argonThreads,
		b64(salt), b64(argon(password, salt, argonPasses, argonMemory, argonThreads))), nil
}

func argon(password string, salt []byte, passes, memory uint32, threads uint8) []byte {
	hashing <- struct{}{}
	defer func() { <-hashing }()
	return argon2.IDKey([]byte(password), salt, passes, memory, threads, argonKey)
}

// PasswordMatches says whether password has the hash.
func PasswordMatches(hash, password string) bool {
	parts := strings.Split(hash, "$")
	var version int
	var memory, passes uint32
	var threads uint8
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false
	}
	if _, err := fmt.Sscanf(parts[2]+" "+parts[3], "v=%d m=%d,t=%d,p=%d", &version, &memory, &passes,
		&threads); err != nil || version != argon2.Version {
		return false
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return false
	}
	want, err := base64.RawStdEncoding.DecodeString(parts[5])
	return err == nil && subtle.ConstantTimeCompare(want, argon(password, salt, passes, memory, threads)) == 1
}
