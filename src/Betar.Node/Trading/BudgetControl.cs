using System.Text.Json;
using Betar.Ethereum;
using Betar.Grains.Abstractions.Buying;
using Betar.Grains.Abstractions.Results;
using Betar.Node.Composition;
using Betar.Node.Control;
using Betar.Node.Errors;
using Betar.X402;

namespace Betar.Node.Trading;

/// <summary>What a running node answers about the limits of its buying wallet, and about permissions to spend from it.</summary>
internal sealed class BudgetControl(IBudgetGrain budget, Address wallet, TimeProvider time)
{
    public const string Show = "budget.show";
    public const string Set = "budget.set";
    public const string Grant = "mandates.grant";
    public const string Revoke = "mandates.revoke";
    public const string List = "mandates.list";

    private const int MostHours = 24 * 366;
    private const int DefaultHours = 24;

    public Dictionary<string, ControlHandler> Handlers => new(StringComparer.Ordinal)
    {
        [Show] = async (_, _) => await AnswerAsync(),
        [Set] = SetAsync,
        [Grant] = GrantAsync,
        [Revoke] = RevokeAsync,
        [List] = ListAsync,
    };

    private async Task<ControlAnswer> SetAsync(JsonElement arguments, CancellationToken cancellationToken)
    {
        Checked<AtomicAmount?> task = TradingArguments.Usdc(arguments, "perTask"), day = TradingArguments.Usdc(arguments, "perDay"),
            peer = TradingArguments.Usdc(arguments, "perPeer");
        if ((task.Refusal ?? day.Refusal ?? peer.Refusal) is { } bad)
            return ControlAnswer.Refused(bad);
        SpendingPolicy before = (await budget.GetStatus()).Policy;
        Outcome<SpendingPolicy> set = await budget.SetPolicy(new SpendingPolicy
        {
            PerTask = task.Value?.ToString() ?? before.PerTask, PerDay = day.Value?.ToString() ?? before.PerDay, PerPeer = peer.Value?.ToString() ?? before.PerPeer,
        });
        return set.IsOk ? await AnswerAsync() : ControlAnswer.Refused(Refusals.Of(set.Refusal));
    }

    private async Task<ControlAnswer> GrantAsync(JsonElement arguments, CancellationToken cancellationToken)
    {
        Checked<AtomicAmount?> limit = TradingArguments.Usdc(arguments, "limit");
        if (!limit.IsOk)
            return ControlAnswer.Refused(limit.Refusal);
        if (limit.Value is not { } most)
            return ControlAnswer.Refused(ErrorCatalog.MissingOption.Refuse("A mandate needs a limit", "say how many USDC may be spent under it: --limit 0.5"));
        int hours = TradingArguments.NumberOrNull(arguments, "hours") ?? DefaultHours;
        if (hours is < 1 or > MostHours)
            return ControlAnswer.Refused(ErrorCatalog.BadOptionValue.Refuse($"hours is not within 1 to {MostHours}"));
        string id = TradingArguments.TextOrNull(arguments, "id") ?? Guid.NewGuid().ToString();
        if (id.Length is 0 or > 64)
            return ControlAnswer.Refused(ErrorCatalog.BadOptionValue.Refuse("A mandate's id has 1 to 64 characters"));
        Outcome<Mandate> granted = await budget.Grant(new Mandate { MandateId = id, Limit = most.ToString(), Expires = time.GetUtcNow().AddHours(hours) });
        return granted.IsOk
            ? ControlAnswer.Json(writer => BudgetJson.Write(writer, new MandateStatus { Mandate = granted.Value, Spent = "0" }))
            : ControlAnswer.Refused(Refusals.Of(granted.Refusal));
    }

    private async Task<ControlAnswer> RevokeAsync(JsonElement arguments, CancellationToken cancellationToken)
    {
        string id = ControlArguments.Text(arguments, "id");
        return await budget.Revoke(id)
            ? await ListAsync(arguments, cancellationToken)
            : ControlAnswer.Refused(ErrorCatalog.MandateInvalid.Refuse($"There is no mandate {VisibleText.Of(id)} that could be revoked", "run betar wallet mandate list"));
    }

    private async Task<ControlAnswer> ListAsync(JsonElement arguments, CancellationToken cancellationToken)
    {
        List<MandateStatus> mandates = await budget.ListMandates();
        return ControlAnswer.Json(writer =>
        {
            writer.WriteStartArray();
            foreach (MandateStatus mandate in mandates)
                BudgetJson.Write(writer, mandate);
            writer.WriteEndArray();
        });
    }

    private async Task<ControlAnswer> AnswerAsync()
    {
        BudgetStatus status = await budget.GetStatus();
        return ControlAnswer.Json(writer => BudgetJson.Write(writer, wallet, status));
    }
}
