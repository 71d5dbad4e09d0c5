namespace Betar.Benchmarks.Harness;

/// <summary>Something well known, measured in the same run, in the figure's unit.</summary>
internal sealed record Baseline(string What, double Value);
