using System.Text.Json;

namespace Betar.Ethereum.Devnet;

/// <summary>The devnet_ methods: faucet, faults, blocks on demand, status. Faults never apply to them.</summary>
internal sealed class ControlMethods(DevnetContext context, SendMethods sends)
{
    const int MaxBlocksAtOnce = 10_000;

    /// <summary>devnet_fund(address, amount): amount is decimal text of atomic units; answers the receipt once the gift is durable.</summary>
    internal Task<RpcReply> FundAsync(RpcRequest request, CancellationToken cancellationToken)
    {
        var parameters = new ParameterReader(request.Parameters);
        if (!parameters.TryAddress(out var account) || account.IsZero
            || !parameters.TryText(out var text) || !UInt256.TryParseDecimal(text, out var amount) || amount.IsZero)
            return Reply(RpcFault.InvalidParams("an address and an amount: decimal text of atomic units, above zero"));

        PooledTransaction?[] pooled = [null];
        string?[] faults = [null];
        context.Producer.Submit([MintTransaction.Create(context.Options.Token, account, amount)], pooled, faults);
        return pooled[0] is { } waiting
            ? sends.AwaitReceiptAsync(waiting, context.Options.MaxSyncTimeout, cancellationToken)
            : Reply(RpcFault.Server(faults[0]!));
    }

    /// <summary>devnet_mine(count = 1): answers the new height.</summary>
    internal async Task<RpcReply> MineAsync(RpcRequest request)
    {
        if (!new ParameterReader(request.Parameters).TryOptionalInt(out var count) || count is < 1 or > MaxBlocksAtOnce)
            return RpcFault.InvalidParams($"how many blocks, 1 to {MaxBlocksAtOnce}");
        return RpcReply.Quantity(await context.Producer.MineAsync(count ?? 1).ConfigureAwait(false));
    }

    /// <summary>devnet_setFault({kind, …}); answers the kinds in force.</summary>
    internal async Task<RpcReply> SetFaultAsync(RpcRequest request)
    {
        if (!FaultOrderReader.TryRead(request.Parameters, out var order, out var fault))
            return RpcFault.InvalidParams(fault!);
        if (order!.Kind != FaultKind.Reorg)
            context.Faults.Set(order);
        else if (await context.Producer.ReorganiseAsync(order.Blocks, order.Vanish).ConfigureAwait(false) is null)
            return RpcFault.Server("the chain has not that many blocks to drop, or it has stopped");
        return RpcReply.Of(WriteFaults);
    }

    internal RpcReply Status()
    {
        ulong head;
        uint fork;
        int transactions, pending;
        int accounts, authorizations;
        string supply;
        string? broken;
        lock (context.Gate)
        {
            head = context.Chain.Head.Number;
            fork = context.Chain.Fork;
            transactions = context.Chain.TransactionCount;
            pending = context.Pool.Count;
            accounts = context.Chain.State.Accounts;
            authorizations = context.Chain.State.Authorizations;
            supply = context.Chain.State.Supply.ToString();
            broken = context.Producer.Broken;
        }

        return RpcReply.Of(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("chainId"u8, context.Options.ChainId);
            json.WriteString("token"u8, context.Options.Token.ToString());
            json.WriteNumber("blockNumber"u8, head);
            json.WriteNumber("transactions"u8, transactions);
            json.WriteNumber("pending"u8, pending);
            json.WriteNumber("accounts"u8, accounts);
            json.WriteNumber("authorizations"u8, authorizations);
            json.WriteString("supply"u8, supply);
            json.WriteNumber("reorganisations"u8, fork);
            json.WriteBoolean("automatic"u8, context.Options.MineAutomatically);
            json.WriteString("broken"u8, broken);
            json.WritePropertyName("faults"u8);
            WriteFaults(json);
            json.WriteEndObject();
        });
    }

    void WriteFaults(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var kind in context.Faults.InForce())
            json.WriteStringValue(kind);
        json.WriteEndArray();
    }

    static Task<RpcReply> Reply(RpcFault fault) => Task.FromResult<RpcReply>(fault);
}
