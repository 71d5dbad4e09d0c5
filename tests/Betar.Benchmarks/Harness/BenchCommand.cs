namespace Betar.Benchmarks.Harness;

/// <summary>`betar bench NAME [--json] [--quick] [--only=PART]… [--NUMBER=N]…` and `betar bench list`.</summary>
internal static class BenchCommand
{
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        BenchRequest request = BenchRequest.Parse(args, Benches.All);
        if (request.Refusal is { } sentence)
        {
            errors.WriteLine(sentence);
            return 2;
        }

        if (request.Bench is not { } bench)
            return List(output);
        if (request.IsHelp)
            return Explain(bench, output);
        var context = new BenchContext(request.IsJson && Console.IsErrorRedirected ? null : errors) { IsQuick = request.IsQuick, Only = request.Only, Numbers = request.Numbers };
        context.Say("measuring the disk");
        Machine machine = Machine.Read();
        await bench.RunAsync(context);
        if (request.IsJson)
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

    private static int Explain(IBench bench, TextWriter output)
    {
        output.WriteLine(bench.Summary);
        output.WriteLine($"Usage: betar bench {bench.Name} [--json]{(bench.Parts.Count == 0 ? "" : " [--quick] [--only=PART]…")}{string.Concat(bench.Numbers.Select(name => $" [--{name}=N]"))}");
        if (bench.Parts.Count > 0)
            output.WriteLine($"Parts: {string.Join(", ", bench.Parts)}");
        return 0;
    }
}
