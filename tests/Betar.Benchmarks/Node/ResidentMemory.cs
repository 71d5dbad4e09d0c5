using System.Globalization;

namespace Betar.Benchmarks.Node;

/// <summary>How much of a process stands in memory, as the system counts it.</summary>
internal static class ResidentMemory
{
    private const string Field = "VmRSS:";

    public static long Of(int process) => Read(File.ReadLines($"/proc/{process}/status"));

    /// <summary>Bytes, from the lines of a process's status.</summary>
    public static long Read(IEnumerable<string> status) => status.FirstOrDefault(line => line.StartsWith(Field, StringComparison.Ordinal)) is { } line
        ? long.Parse(line[Field.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) * 1024
        : throw new InvalidDataException("The status of the process does not say what it holds in memory.");
}
