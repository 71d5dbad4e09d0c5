using Betar.Storage.Tests.GrainState;
using Orleans;
using Orleans.Runtime;

namespace Betar.Storage.Tests.Hosting;

internal sealed class AccountGrain([PersistentState("account", "betar")] IPersistentState<AccountState> account,
    [PersistentState("history")] IPersistentState<AccountState> history) : Grain, IAccountGrain, IRemindable
{
    public async Task<long> AddAsync(long amount)
    {
        account.State.Balance += amount;
        await account.WriteStateAsync();
        history.State.Notes.Add("added");
        await history.WriteStateAsync();
        return account.State.Balance;
    }

    public Task<long> BalanceAsync() => Task.FromResult(account.State.Balance);

    public Task<string> SiloAsync() => Task.FromResult(((IGrainBase)this).GrainContext.Address.SiloAddress!.ToString());

    public Task RemindAsync() => this.RegisterOrUpdateReminder("wake", TimeSpan.FromHours(1), TimeSpan.FromHours(1));

    public async Task<string?> ReminderAsync() => (await this.GetReminder("wake"))?.ReminderName;

    public async Task ClearAsync()
    {
        await account.ClearStateAsync();
        await history.ClearStateAsync();
    }

    public Task ReceiveReminder(string reminderName, TickStatus status) => Task.CompletedTask;
}
