using System.Globalization;

namespace Betar.Node.Importing.LevelDb;

/// <summary>
/// Reads a LevelDB folder without changing or locking anything: the manifest says which tables and logs hold. Files are foreign bytes:
/// what cannot be read is told and left out, and nothing throws but a disk that fails.
/// </summary>
internal static class LevelDbReader
{
    /// <param name="folder">With CURRENT, a manifest, tables and logs.</param>
    /// <param name="limits">How much is read.</param>
    /// <param name="faults">Takes what could not be read, one sentence each.</param>
    public static IReadOnlyList<KeyValuePair<string, byte[]>> Read(string folder, LevelDbLimits limits, List<string> faults)
    {
        if (Manifest(folder, limits, faults) is not { } version)
            return [];
        var content = new LevelDbContent(limits);
        foreach (var number in version.Tables.Order())
        {
            if (Bytes(PathOf(folder, number, ".ldb", ".sst"), limits, faults) is { } table && !LevelDbTable.Read(table, content.Take))
                faults.Add($"{folder}: table {number} is damaged; what could be read of it is taken");
        }

        foreach (var (number, path) in Logs(folder).Where(log => log.Number >= version.LogNumber).OrderBy(log => log.Number))
        {
            if (Bytes(path, limits, faults) is not { } log)
                continue;
            var records = LevelDbLog.Read(log, out var whole);
            var broken = 0;
            foreach (var record in records)
                broken += content.TakeBatch(record) ? 0 : 1;
            if (broken > 0 || !whole)
                faults.Add($"{folder}: log {number} breaks off; what was written before is taken");
        }

        if (content.IsFull)
            faults.Add($"{folder} has more than {limits.MaxEntries} entries or {limits.MaxBytes} bytes; the rest is left out");
        return [.. content.Entries];
    }

    private static LevelDbVersion? Manifest(string folder, LevelDbLimits limits, List<string> faults)
    {
        var current = Path.Combine(folder, "CURRENT");
        if (Bytes(current, limits, faults) is not { } named)
            return null;
        var name = System.Text.Encoding.ASCII.GetString(named).TrimEnd('\n');
        if (!name.StartsWith("MANIFEST-", StringComparison.Ordinal) || !name["MANIFEST-".Length..].All(char.IsAsciiDigit))
        {
            faults.Add($"{current} does not name a manifest");
            return null;
        }

        if (Bytes(Path.Combine(folder, name), limits, faults) is not { } manifest)
            return null;
        var version = new LevelDbVersion();
        var edits = LevelDbLog.Read(manifest, out var whole);
        if (!whole || edits.Exists(edit => !version.Apply(edit)))
            faults.Add($"{folder}: the manifest is damaged; what could be read of it holds");
        return version;
    }

    private static string PathOf(string folder, ulong number, params string[] extensions) => extensions
        .Select(extension => Path.Combine(folder, number.ToString("D6", CultureInfo.InvariantCulture) + extension)).FirstOrDefault(File.Exists)
        ?? Path.Combine(folder, number.ToString("D6", CultureInfo.InvariantCulture) + extensions[0]);

    private static IEnumerable<(ulong Number, string Path)> Logs(string folder) => Directory.EnumerateFiles(folder, "*.log")
        .Select(path => (ulong.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0, path));

    private static byte[]? Bytes(string path, LevelDbLimits limits, List<string> faults)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length > limits.MaxFileBytes)
            {
                faults.Add($"{path} is longer than {limits.MaxFileBytes} bytes, and is left out");
                return null;
            }

            var bytes = new byte[file.Length];
            var read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return bytes[..read];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            faults.Add($"{path} cannot be read ({exception.Message})");
            return null;
        }
    }
}
