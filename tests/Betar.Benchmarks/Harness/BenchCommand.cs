namespace Betar.Benchmarks.Harness;

/// <summary>`betar bench NAME [--json] [--quick] [--only=PART]` and `betar bench list`.</summary>
internal static class BenchCommand
{
    private const string Only = "--only=";

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        bool json = args.Contains("--json"), quick = args.Contains("--quick");
        string? only = args.FirstOrDefault(arg => arg.StartsWith(Only, StringComparison.Ordinal))?[Only.Length..];
        string[] names = [.. args.Where(arg => arg is not ("--json" or "--quick") && !arg.StartsWith(Only, StringComparison.Ordinal))];
        if (names is [] or ["list"])
            return List(output);
        if (names.FirstOrDefault(name => name.StartsWith('-')) is { } option)
            return Usage(errors, $"BTR-1002: option '{option}' does not exist; a bench knows --json, --quick and --only=PART.");

        IBench? bench = Benches.All.FirstOrDefault(bench => bench.Name == names[0]);
        if (bench is null || names.Length > 1)
            return Usage(errors, $"BTR-1001: there is no bench '{string.Join(' ', names)}'; `betar bench list` shows what there is.");

        if (only is not null && !bench.Parts.Contains(only))
            return Usage(errors, $"BTR-1001: bench '{bench.Name}' has no part '{only}'; it has: {string.Join(", ", bench.Parts.DefaultIfEmpty("none"))}.");
        if (quick && bench.Parts.Count == 0)
            return Usage(errors, $"BTR-1002: bench '{bench.Name}' has no short form.");

        var context = new BenchContext(json && Console.IsErrorRedirected ? null : errors) { IsQuick = quick, Only = only };
        context.Say("measuring the disk");
        Machine machine = Machine.Read();
        await bench.RunAsync(context);
        if (json)
            BenchReport.WriteJson(output, bench.Name, machine, context.Figures);
        else
            BenchReport.WriteTable(output, bench.Name, machine, context.Figures);
        return 0;
    }

    private static int List(TextWriter output)
    {
        foreach (IBench bench in Benches.All)
            output.WriteLine($"{bench.Name,-10} {bench.Summary}");
        return 0;
    }

    private static int Usage(TextWriter errors, string sentence)
    {
        errors.WriteLine(sentence);
        return 2;
    }
}
