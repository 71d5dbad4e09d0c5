namespace Betar.Benchmarks.Harness;

/// <summary>What a command line of `betar bench` asks for.</summary>
internal sealed record BenchRequest
{
    private const string OnlyPrefix = "--only=";

    /// <summary>The sentence for somebody who asked for what is not there; null when all is well.</summary>
    public string? Refusal { get; private init; }

    /// <summary>Null: the list of benches is wanted.</summary>
    public IBench? Bench { get; private init; }

    public bool IsJson { get; private init; }

    public bool IsQuick { get; private init; }

    /// <summary>The parts that are wanted; null for all.</summary>
    public IReadOnlySet<string>? Only { get; private init; }

    public static BenchRequest Parse(string[] args, IReadOnlyList<IBench> benches)
    {
        string[] names = [.. args.Where(arg => !arg.StartsWith('-'))];
        string[] only = [.. args.Where(arg => arg.StartsWith(OnlyPrefix, StringComparison.Ordinal)).Select(arg => arg[OnlyPrefix.Length..])];
        if (args.FirstOrDefault(arg => arg.StartsWith('-') && arg is not ("--json" or "--quick") && !arg.StartsWith(OnlyPrefix, StringComparison.Ordinal)) is { } option)
            return Refused($"BTR-1002: option '{option}' does not exist; a bench knows --json, --quick and --only=PART, which may be repeated.");
        if (names is [] or ["list"])
            return new BenchRequest();
        IBench? bench = benches.FirstOrDefault(bench => bench.Name == names[0]);
        if (bench is null || names.Length > 1)
            return Refused($"BTR-1001: there is no bench '{string.Join(' ', names)}'; `betar bench list` shows what there is.");
        if (only.FirstOrDefault(part => !bench.Parts.Contains(part)) is { } missing)
            return Refused($"BTR-1001: bench '{bench.Name}' has no part '{missing}'; it has: {string.Join(", ", bench.Parts.DefaultIfEmpty("none"))}.");
        if (args.Contains("--quick") && bench.Parts.Count == 0)
            return Refused($"BTR-1002: bench '{bench.Name}' has no short form.");
        return new BenchRequest
        {
            Bench = bench, IsJson = args.Contains("--json"), IsQuick = args.Contains("--quick"), Only = only.Length == 0 ? null : only.ToHashSet(StringComparer.Ordinal),
        };
    }

    private static BenchRequest Refused(string sentence) => new() { Refusal = sentence };
}
