namespace Betar.Benchmarks.Node;

/// <summary>How long a stage took, all of its times together.</summary>
internal readonly record struct StageSum(double Seconds, double Count)
{
    /// <summary>Milliseconds of one time since an earlier reading.</summary>
    public double MeanSince(StageSum before) => (Seconds - before.Seconds) / (Count - before.Count) * 1_000;
}
