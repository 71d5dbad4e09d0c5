using Orleans.Concurrency;

namespace Orleans.Runtime;

[StatelessWorker]
[GrainType("sys.management")]
internal sealed class ManagementGrain(Silo silo) : Grain, IManagementGrain
{
    public Task<Dictionary<SiloAddress, SiloStatus>> GetHosts(bool onlyActive = false) =>
        Task.FromResult(silo.Membership.View.Silos
            .Where(entry => !onlyActive || entry.Value.Status == SiloStatus.Active)
            .ToDictionary(static entry => entry.Key, static entry => entry.Value.Status));

    public Task ForceActivationCollection(SiloAddress[] hostsIds, TimeSpan ageLimit) =>
        Task.WhenAll(Hosts(hostsIds).Select(host => Control(host).Collect(ageLimit)));

    public Task ForceActivationCollection(TimeSpan ageLimit) => ForceActivationCollection([], ageLimit);

    public async Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics(SiloAddress[] hostsIds) =>
        [.. (await GetDetailedGrainStatistics(null, hostsIds))
            .GroupBy(static one => (one.GrainType, one.SiloAddress))
            .Select(static group => new SimpleGrainStatistic
            {
                GrainType = group.Key.GrainType,
                SiloAddress = group.Key.SiloAddress,
                ActivationCount = group.Count(),
            })];

    public Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics() => GetSimpleGrainStatistics([]);

    public async Task<DetailedGrainStatistic[]> GetDetailedGrainStatistics(string[]? types = null, SiloAddress[]? hostsIds = null)
    {
        var all = await Task.WhenAll(Hosts(hostsIds).Select(host => Control(host).GetActivations()));
        return [.. all.SelectMany(static one => one).Where(one => types is null || types.Contains(one.GrainType))];
    }

    public async Task<int> GetGrainActivationCount(GrainReference grainReference)
    {
        var id = grainReference.GrainId;
        return (await GetDetailedGrainStatistics()).Count(one => one.GrainId == id);
    }

    public async Task<int> GetTotalActivationCount() => (await GetDetailedGrainStatistics()).Length;

    public async ValueTask<SiloAddress?> GetActivationAddress(IAddressable reference) =>
        (await silo.Directory.LookupAsync(reference.GetGrainId()))?.SiloAddress;

    public async ValueTask<List<GrainId>> GetActiveGrains(GrainType type) =>
        [.. (await GetDetailedGrainStatistics()).Select(static one => one.GrainId).Where(id => id.Type == type).Distinct()];

    private IEnumerable<SiloAddress> Hosts(SiloAddress[]? hosts) => hosts is { Length: > 0 } ? hosts : silo.Membership.View.Active;

    private ISiloControl Control(SiloAddress host) =>
        (ISiloControl)(object)silo.References.Create(SystemTargets.IdOf(SystemTargets.Control, host), typeof(ISiloControl));
}
