using System.Globalization;

namespace Betar.Benchmarks.Harness;

/// <summary>What a command line of `betar bench` asks for.</summary>
internal sealed record BenchRequest
{
    private const string OnlyPrefix = "--only=";

    /// <summary>The sentence for somebody who asked for what is not there; null when all is well.</summary>
    public string? Refusal { get; private init; }

    /// <summary>Null: the list of benches is wanted.</summary>
    public IBench? Bench { get; private init; }

    /// <summary>What there is to choose is wanted, and no measurement.</summary>
    public bool IsHelp { get; private init; }

    public bool IsJson { get; private init; }

    public bool IsQuick { get; private init; }

    /// <summary>The parts that are wanted; null for all.</summary>
    public IReadOnlySet<string>? Only { get; private init; }

    /// <summary>Numbers that were chosen, by their names.</summary>
    public IReadOnlyDictionary<string, int> Numbers { get; private init; } = new Dictionary<string, int>();

    public static BenchRequest Parse(string[] args, IReadOnlyList<IBench> benches)
    {
        string[] names = [.. args.Where(arg => !arg.StartsWith('-'))];
        string[] only = [.. args.Where(arg => arg.StartsWith(OnlyPrefix, StringComparison.Ordinal)).Select(arg => arg[OnlyPrefix.Length..])];
        IReadOnlyList<string> known = names is [var asked] && benches.FirstOrDefault(bench => bench.Name == asked) is { } found ? found.Numbers : [];
        Dictionary<string, int> numbers = [];
        foreach (string option in args.Where(arg => arg.StartsWith('-') && arg is not ("--json" or "--quick" or "--help" or "-h") && !arg.StartsWith(OnlyPrefix, StringComparison.Ordinal)))
        {
            string[] parts = option.Split('=', 2);
            if (known.FirstOrDefault(name => parts[0] == $"--{name}") is not { } number)
                return Refused($"BTR-1002: option '{option}' does not exist; a bench knows --help, --json, --quick and --only=PART, which may be repeated{string.Concat(known.Select(name => $"; this one --{name}=N too"))}.");
            if (parts is not [_, var text] || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) || value < 1)
                return Refused($"BTR-1002: option '{option}' names no whole number from 1 on: write --{number}=N.");
            numbers[number] = value;
        }
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
            Bench = bench, IsHelp = args.Contains("--help") || args.Contains("-h"), IsJson = args.Contains("--json"), IsQuick = args.Contains("--quick"), Only = only.Length == 0 ? null : only.ToHashSet(StringComparer.Ordinal),
            Numbers = numbers,
        };
    }

    private static BenchRequest Refused(string sentence) => new() { Refusal = sentence };
}
