namespace Betar.Benchmarks.Harness;

/// <summary>`betar bench NAME [--json]` and `betar bench list`.</summary>
internal static class BenchCommand
{
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        bool json = args.Contains("--json");
        string[] names = [.. args.Where(arg => arg != "--json")];
        if (names is [] or ["list"])
            return List(output);
        if (names.FirstOrDefault(name => name.StartsWith('-')) is { } option)
            return Usage(errors, $"BTR-1002: option '{option}' does not exist; a bench knows --json only.");

        IBench? bench = Benches.All.FirstOrDefault(bench => bench.Name == names[0]);
        if (bench is null || names.Length > 1)
            return Usage(errors, $"BTR-1001: there is no bench '{string.Join(' ', names)}'; `betar bench list` shows what there is.");

        var context = new BenchContext(json && Console.IsErrorRedirected ? null : errors);
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
