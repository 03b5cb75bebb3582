package layer

// What tests need of the package's inside. No test itself.

// MostRead bounds the files that are kept in memory, and says what the bound was.
func MostRead(bytes int64) (before int64) {
	read.Lock()
	defer read.Unlock()
	before, mostRead = mostRead, bytes
	return before
}

// Kept are how many files are kept in memory, and about how many bytes they take.
func Kept() (files int, bytes int64) {
	read.Lock()
	defer read.Unlock()
	return len(read.all), read.weight
}

// MaxFile is how large a layer's file may be.
const MaxFile = maxFile
