namespace Betar.Benchmarks.Harness;

/// <summary>One bench: a name for the command line and a set of figures.</summary>
internal interface IBench
{
    string Name { get; }

    string Summary { get; }

    Task RunAsync(BenchContext context);
}
