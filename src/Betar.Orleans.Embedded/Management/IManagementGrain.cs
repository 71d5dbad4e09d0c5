namespace Orleans.Runtime;

/// <summary>Counts and collects activations over all silos; its key is 0.</summary>
public interface IManagementGrain : IGrainWithIntegerKey
{
    Task<Dictionary<SiloAddress, SiloStatus>> GetHosts(bool onlyActive = false);

    Task ForceActivationCollection(SiloAddress[] hostsIds, TimeSpan ageLimit);

    Task ForceActivationCollection(TimeSpan ageLimit);

    Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics(SiloAddress[] hostsIds);

    Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics();

    Task<DetailedGrainStatistic[]> GetDetailedGrainStatistics(string[]? types = null, SiloAddress[]? hostsIds = null);

    Task<int> GetGrainActivationCount(GrainReference grainReference);

    Task<int> GetTotalActivationCount();

    ValueTask<SiloAddress?> GetActivationAddress(IAddressable reference);

    ValueTask<List<GrainId>> GetActiveGrains(GrainType type);
}
