namespace Betar.Benchmarks.Harness;

/// <summary>One bench: a name for the command line and a set of figures.</summary>
internal interface IBench
{
    string Name { get; }

    string Summary { get; }

    /// <summary>What may be measured alone and in a short form; none when the bench is all or nothing.</summary>
    IReadOnlyList<string> Parts => [];

    /// <summary>What of it can be chosen by a whole number, as <c>--NAME=N</c>.</summary>
    IReadOnlyList<string> Numbers => [];

    Task RunAsync(BenchContext context);
}
