using Orleans;

namespace Betar.Storage.Tests.Hosting;

public interface IAccountGrain : IGrainWithStringKey
{
    Task<long> AddAsync(long amount);

    Task<long> BalanceAsync();

    Task<string> SiloAsync();

    Task RemindAsync();

    Task<string?> ReminderAsync();

    Task ClearAsync();
}
