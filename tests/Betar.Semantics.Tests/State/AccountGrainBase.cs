using Orleans.Storage;

namespace Betar.Semantics.Tests.State;

public abstract class AccountGrainBase(IPersistentState<Account> account, IPersistentState<Settings> settings) : SceneGrain, IAccountGrain
{
    int _calls;

    public Task<StateView> View() => Task.FromResult(new StateView(account.State.Balance, account.Etag, account.RecordExists, settings.State.Theme));

    public async Task Add(int amount)
    {
        account.State.Balance += amount;
        await account.WriteStateAsync();
    }

    public Task AddWithoutWriting(int amount)
    {
        account.State.Balance += amount;
        return Task.CompletedTask;
    }

    public async Task<StateView> Write()
    {
        await account.WriteStateAsync();
        return await View();
    }

    public async Task<StateView> Read()
    {
        await account.ReadStateAsync();
        return await View();
    }

    public async Task<StateView> Clear()
    {
        await account.ClearStateAsync();
        return await View();
    }

    public async Task SetTheme(string theme)
    {
        settings.State.Theme = theme;
        await settings.WriteStateAsync();
    }

    public async Task<string> TryWrite()
    {
        try
        {
            await account.WriteStateAsync();
            return "written";
        }
        catch (InconsistentStateException)
        {
            return "inconsistent";
        }
    }

    public Task<string> TouchStateFromOutside() => Task.Run(() =>
    {
        try
        {
            return $"{account.State.Balance}";
        }
        catch (InvalidOperationException)
        {
            return "refused";
        }
    });

    public async Task AddMany(int times)
    {
        var writes = new List<Task>();
        for (var i = 0; i < times; i++)
        {
            account.State.Balance++;
            writes.Add(account.WriteStateAsync());
        }

        await Task.WhenAll(writes);
    }

    public Task<int> Calls() => Task.FromResult(++_calls);

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Scene.Note($"left by {reason.ReasonCode}");
        return Task.CompletedTask;
    }
}
