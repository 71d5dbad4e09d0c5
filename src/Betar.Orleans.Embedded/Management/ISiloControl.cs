namespace Orleans.Runtime;

/// <summary>What the management grain asks of each silo.</summary>
[Alias("betar.silo-control")]
internal interface ISiloControl : ISystemTarget
{
    Task<DetailedGrainStatistic[]> GetActivations();

    Task Collect(TimeSpan ageLimit);
}
