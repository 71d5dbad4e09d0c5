using System.Security.Cryptography;
using System.Text;
using Betar.Agents.Hiring;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Abstractions.Buying;
using Betar.Grains.Abstractions.Hiring;
using Betar.Grains.Trading;
using Betar.X402;

namespace Betar.Grains.Hiring;

/// <summary>
/// The market for one task of one agent. What it buys is held by three limits: the task's, the agent's day, and the node's wallet. The purchase id
/// follows from the order, the agent hired, the input, and how often that was asked before: a task that is done again after a crash pays nothing again.
/// </summary>
internal sealed class AgentMarket(
    AgentSpec spec, AgentTask task, IGrainFactory grains, IAgentDirectory directory, ITrader trader, HiringOptions options) : IAgentMarket
{
    private readonly Dictionary<string, int> _asked = new(StringComparer.Ordinal);

    /// <summary>The payment that the task is of; else the trade that ordered it; else nobody will ask for it again.</summary>
    private readonly string _parent = task.Order.Length > 0 ? task.Order : task.Trade.Length > 0 ? task.Trade : Guid.NewGuid().ToString();

    public async ValueTask<IReadOnlyList<HireOffer>> SearchAsync(string text, int limit, CancellationToken cancellationToken)
    {
        IReadOnlyList<AgentOffer> found = await directory.SearchAsync(text, Math.Clamp(limit, 1, options.MaxOffers), cancellationToken);
        return [.. found.Where(offer => offer.AgentId != spec.AgentId).Select(OfferOf)];
    }

    public async ValueTask<HireOffer?> QuoteAsync(string agent, CancellationToken cancellationToken) =>
        (await directory.FindAsync(agent, acceptUnverified: false, cancellationToken)).Value is { } offer ? OfferOf(offer) : null;

    public async ValueTask<HireOutcome> BuyAsync(string agent, string input, CancellationToken cancellationToken)
    {
        if (task.Depth + 1 > options.MaxDepth)
            return Refused(new Refusal { Code = RefusalCodes.HireTooDeep, Message = $"{options.MaxDepth} agents hired one another for this task already." });
        Outcome<AgentOffer> found = await directory.FindAsync(agent, acceptUnverified: false, cancellationToken);
        if (!found.IsOk)
            return Refused(found.Refusal);
        AgentOffer offer = found.Value;
        AtomicAmount price = AtomicAmount.Zero;
        if (!offer.IsOwn && !AtomicAmount.TryParse(offer.PriceAtomic, out price))
            return Refused(new Refusal { Code = RefusalCodes.OfferRefused, Message = $"Agent {offer.AgentId} lists no price that can be paid." });

        var hire = new HireReceipt { PurchaseId = NextId(offer.AgentId, input), Hirer = spec.AgentId, AgentId = offer.AgentId, Amount = price.ToString() };
        IHireGrain hires = grains.GetGrain<IHireGrain>(_parent);
        Outcome<HireReceipt> begun = await hires.Begin(hire, spec.HirePerTaskAtomic, options.MaxHires);
        if (!begun.IsOk)
            return Refused(begun.Refusal);
        IBudgetGrain? day = price.IsZero || begun.Value.HasEnded ? null : await DayAsync();
        if (day is not null && await SetAsideAsync(day, hire, offer) is { } over)
        {
            await hires.End(hire with { Amount = "0", HasEnded = true });
            return Refused(over);
        }

        PurchaseResult result = await trader.TradeAsync(
            new TradeOrder
            {
                PurchaseId = hire.PurchaseId, Agent = offer.AgentId, Input = input, MaxAmount = hire.Amount, Caller = spec.AgentId, Depth = task.Depth + 1,
            },
            cancellationToken);
        bool signed = result.Stage != PurchaseStage.New;
        await hires.End(hire with
        {
            Amount = signed ? result.Amount : "0", PaymentKey = result.PaymentKey, TransactionHash = result.TransactionHash, HasEnded = true,
        });
        if (day is not null)
            await (signed ? day.Commit(hire.PurchaseId) : day.Release(hire.PurchaseId));
        return result.Refusal is { } refusal
            ? new HireOutcome("", signed ? result.Amount : "0", result.PaymentKey, refusal.Code, refusal.Message)
            : new HireOutcome(result.Output, result.Amount, result.PaymentKey);
    }

    /// <summary>The agent's own budget: a purse of its name, whose limits follow its declaration.</summary>
    private async Task<IBudgetGrain> DayAsync()
    {
        IBudgetGrain day = grains.GetGrain<IBudgetGrain>(HiringBudgets.KeyOf(spec.AgentId));
        var policy = new SpendingPolicy { PerTask = spec.HirePerTaskAtomic, PerDay = spec.HirePerDayAtomic, PerPeer = spec.HirePerDayAtomic };
        if ((await day.GetStatus()).Policy != policy)
            await day.SetPolicy(policy);
        return day;
    }

    private static async Task<Refusal?> SetAsideAsync(IBudgetGrain day, HireReceipt hire, AgentOffer offer)
    {
        Outcome<SpendRequest> allowed = await day.Reserve(new SpendRequest { PurchaseId = hire.PurchaseId, Payee = offer.PayTo, Amount = hire.Amount });
        return allowed.IsOk ? null : new Refusal { Code = RefusalCodes.HireBudget, Message = $"The agent's own budget: {allowed.Refusal.Message}" };
    }

    private string NextId(string agent, string input)
    {
        string what = $"{_parent}\n{agent}\n{input}";
        int before = _asked.GetValueOrDefault(what);
        _asked[what] = before + 1;
        return new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{what}\n{before}")).AsSpan(0, 16)).ToString();
    }

    private static HireOutcome Refused(Refusal refusal) => new("", "0", "", refusal.Code, refusal.Message);

    private static HireOffer OfferOf(AgentOffer offer) => new(offer.AgentId, offer.Name, offer.Description, offer.IsOwn ? "0" : offer.PriceAtomic, offer.Trust);
}
