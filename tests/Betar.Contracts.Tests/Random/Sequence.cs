using Betar.Contracts.Tests.Support;
using Betar.Ethereum;

namespace Betar.Contracts.Tests.Random;

/// <summary>A random run of steps on the chain and on the model, compared after each.</summary>
internal sealed class Sequence
{
    private const ulong Money = 5_000;

    private static readonly Account[] Buyers = [Account.Of("random buyer 0"), Account.Of("random buyer 1"), Account.Of("random buyer 2")];
    private static readonly Account[] Sellers = [Account.Of("random seller 0"), Account.Of("random seller 1")];
    private static readonly Account[] Others = [Account.Arbiter, Account.Stranger];
    private static readonly Account[] Everybody = [.. Buyers, .. Sellers, .. Others];
    private static readonly string[] Functions = ["release", "refund", "showReceipt", "dispute", "resolve", "timeOut", "deposit"];

    private readonly Anvil anvil;
    private readonly VaultDriver driver;
    private readonly System.Random random;
    private readonly VaultModel model = new();
    private readonly List<string> history = [];

    internal Sequence(Anvil anvil, int seed)
    {
        this.anvil = anvil;
        Seed = seed;
        random = new System.Random(seed);
        driver = new VaultDriver(anvil, anvil.World.Vault, anvil.World.Signer);
    }

    internal int Seed { get; }

    /// <summary>What was seen: states, and how functions ended.</summary>
    internal HashSet<string> Seen { get; } = [];

    internal async Task RunAsync(int steps)
    {
        foreach (var account in Everybody)
            model.Balances[account.Address] = 0;
        foreach (var buyer in Buyers)
        {
            await anvil.World.Usdc.SendAsync(Account.Owner, "mint", buyer.Address, (UInt256)Money);
            model.Balances[buyer.Address] = Money;
        }

        for (var i = 0; i < steps; i++)
        {
            if (random.Next(5) == 0)
                await WarpAsync();
            await TakeAsync(await ChooseAsync());
            await CompareAsync();
        }
    }

    private async Task TakeAsync(Step step)
    {
        var now = await anvil.NextTimeAsync();
        var expected = model.Apply(step, now);
        history.Add($"at {now}: {step}: {expected ?? "done"}");
        Seen.Add($"{step.Function}: {expected?.Split('(')[0] ?? "done"}");
        var arguments = Arguments(step);
        var actual = await driver.Vault.WhyAsync(step.By, step.Function, arguments);
        Check(actual?.ToString() == expected, $"it says {actual?.ToString() ?? "yes"}");
        var receipt = await driver.Vault.TryAsync(step.By, step.Function, arguments);
        Check(receipt.Succeeded == expected is null, "the transaction ended otherwise");
    }

    /// <summary>Everybody's balance, the vault's, and every escrow, in one batch.</summary>
    private async Task CompareAsync()
    {
        var balances = await Task.WhenAll(model.Balances.Keys.Select(async account => (account, has: await anvil.World.BalanceAsync(account))));
        foreach (var (account, has) in balances)
            Check(has == model.Balances[account], $"{account} has {has} and not {model.Balances[account]}");

        var held = model.Escrows.Where(escrow => escrow.IsHeld).Aggregate(0UL, (sum, escrow) => sum + escrow.Amount);
        var vault = await anvil.World.BalanceAsync(driver.Vault.Address);
        Check(vault == held, $"the vault has {vault} for open escrows of {held}");
        var total = vault + balances.Aggregate(0UL, (sum, entry) => sum + entry.has);
        Check(total == Money * (ulong)Buyers.Length, $"there are {total} in all");

        var states = await Task.WhenAll(model.Escrows.Select(async escrow => (escrow, state: await driver.StateAsync(escrow.Terms))));
        foreach (var (escrow, state) in states)
        {
            Check(state == escrow.State, $"an escrow is {state} and not {escrow.State}");
            Seen.Add(state.ToString());
        }
    }

    private async Task WarpAsync()
    {
        var now = await anvil.NextTimeAsync();
        var held = model.Escrows.Where(escrow => escrow.IsHeld && escrow.Until > now + 1).ToList();
        // To the edge of some escrow's time, mostly.
        var to = held.Count == 0 ? now + (ulong)random.Next(2, 50_000) : held[random.Next(held.Count)].Until + (ulong)random.Next(3) - 1;
        if (to <= now)
            return;
        await anvil.WarpAsync(to);
        history.Add($"warp to {to}");
    }

    private async Task<Step> ChooseAsync()
    {
        if (model.Escrows.Count == 0 || random.Next(4) == 0)
            model.Escrows.Add(new ModelEscrow(Terms(await anvil.NextTimeAsync())));
        // The newest most often: older ones are closed already.
        var at = model.Escrows.Count - 1 - Math.Min(random.Next(model.Escrows.Count), random.Next(model.Escrows.Count));
        var escrow = model.Escrows[at];
        var fitting = random.Next(3) > 0 ? Fitting(escrow.State) : Functions;
        var function = fitting[random.Next(fitting.Length)];
        var right = function switch
        {
            "release" => escrow.Terms.Buyer,
            "dispute" => escrow.Receipted ? escrow.Terms.Buyer : escrow.Terms.Seller,
            "resolve" => escrow.Terms.Arbiter,
            _ => escrow.Terms.Seller,
        };
        var by = random.Next(4) > 0 ? Everybody.FirstOrDefault(account => account.Address == right) : null;
        var amount = random.Next(4) == 0 ? escrow.Amount + 1 : (ulong)random.NextInt64((long)escrow.Amount + 1);
        return new Step(function, at, by ?? Everybody[random.Next(Everybody.Length)], amount, random.Next(8) == 0);
    }

    private static string[] Fitting(EscrowState state) => state switch
    {
        EscrowState.None => ["deposit"],
        EscrowState.Open => ["release", "refund", "showReceipt", "showReceipt", "dispute", "dispute", "timeOut"],
        EscrowState.Delivered => ["release", "refund", "dispute", "dispute", "timeOut"],
        EscrowState.Disputed => ["release", "refund", "resolve", "resolve", "resolve", "timeOut"],
        _ => Functions,
    };

    private Terms Terms(ulong now) => new(
        Buyers[random.Next(Buyers.Length)].Address,
        Sellers[random.Next(Sellers.Length)].Address,
        random.Next(5) == 0 ? Address.Zero : Account.Arbiter.Address,
        (ulong)random.Next(random.Next(5) == 0 ? 6_000 : 1_500),
        now + (ulong)random.Next(random.Next(10) == 0 ? 3 : 40, 20_000),
        (ulong)random.Next(2_000),
        (ulong)random.Next(2_000),
        TypedData.Label($"{Seed} {model.Escrows.Count}"));

    private object[] Arguments(Step step)
    {
        var terms = model.Escrows[step.Escrow].Terms;
        var signer = step.IsForged ? Account.Stranger : Buyers.Single(buyer => buyer.Address == terms.Buyer);
        return step.Function switch
        {
            "deposit" => driver.Deposit(terms, signer),
            "showReceipt" => [terms.Argument, VaultDriver.Answer.ToArray(), driver.Receipt(signer, terms)],
            "resolve" => [terms.Argument, (UInt256)step.Amount],
            _ => [terms.Argument],
        };
    }

    private void Check(bool holds, string what)
    {
        if (!holds)
            Assert.Fail($"seed {Seed}: {what}\n{string.Join('\n', history)}");
    }
}
