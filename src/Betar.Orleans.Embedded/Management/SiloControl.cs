namespace Orleans.Runtime;

internal sealed class SiloControl(Silo silo) : ISiloControl
{
    public Task<DetailedGrainStatistic[]> GetActivations() => Task.FromResult(silo.Catalog.All()
        .Where(static activation => activation.State is not ActivationState.Gone)
        .Select(activation => new DetailedGrainStatistic
        {
            GrainType = activation.Type.Class.FullName!,
            SiloAddress = silo.Address,
            GrainId = activation.GrainId,
        })
        .ToArray());

    public Task Collect(TimeSpan ageLimit) => silo.CollectAsync(ageLimit);
}
