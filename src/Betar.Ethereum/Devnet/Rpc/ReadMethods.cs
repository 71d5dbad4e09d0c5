using System.Globalization;
using System.Text.Json;

namespace Betar.Ethereum.Devnet;

/// <summary>The methods that ask and change nothing.</summary>
internal sealed class ReadMethods(DevnetContext context)
{
    // Code that answers "yes, a contract": the token runs in this chain's own rules, not in a virtual machine.
    static readonly byte[] _tokenCode = [0xfe];

    internal RpcReply ChainId() => RpcReply.Quantity(context.Options.ChainId);

    internal RpcReply NetVersion()
    {
        var id = context.Options.ChainId.ToString(CultureInfo.InvariantCulture);
        return RpcReply.Of(json => json.WriteStringValue(id));
    }

    internal RpcReply BlockNumber()
    {
        lock (context.Gate)
            return RpcReply.Quantity(context.Chain.Head.Number);
    }

    internal static RpcReply GasPrice() => RpcReply.Quantity(0);

    internal RpcReply GetBalance(RpcRequest request) =>
        TryAccountAndBlock(request, out _, out var fault) ? RpcReply.Quantity(0) : fault!;

    internal RpcReply GetCode(RpcRequest request) => TryAccountAndBlock(request, out var account, out var fault)
        ? RpcReply.Hex(account == context.Options.Token ? _tokenCode : [])
        : fault!;

    internal RpcReply GetTransactionCount(RpcRequest request)
    {
        var parameters = new ParameterReader(request.Parameters);
        if (!parameters.TryAddress(out var account) || !parameters.TryOptionalBlock(out var block))
            return RpcFault.InvalidParams("an address and a block");
        lock (context.Gate)
        {
            if (context.RefuseOlder(block) is { } fault)
                return fault;
            var nonce = context.Chain.State.NonceOf(account);
            return RpcReply.Quantity(block == BlockTag.Pending ? context.Pool.PendingNonce(account, nonce) : nonce);
        }
    }

    internal RpcReply GetBlockByNumber(RpcRequest request)
    {
        var parameters = new ParameterReader(request.Parameters);
        if (!parameters.TryNextBlock(out var tag) || !parameters.TryOptionalBool(out var full))
            return RpcFault.InvalidParams("a block and whether to show whole transactions");
        DevnetBlock? block;
        lock (context.Gate)
            block = tag.IsNumber ? context.Chain.BlockAt(tag.Height) : context.Chain.Head;
        if (block is null)
            return RpcReply.Null;
        Func<MinedTransaction, PreparedTransaction>? decode = full ? context.Decode : null;
        return RpcReply.Of(json => ChainJson.WriteBlock(json, block, decode, context.Options.Token));
    }

    internal RpcReply GetReceipt(RpcRequest request)
    {
        if (!new ParameterReader(request.Parameters).TryHash(out var hash))
            return RpcFault.InvalidParams("a transaction hash");
        return Find(hash) is { } mined ? Receipt(mined, null) : RpcReply.Null;
    }

    internal RpcReply Receipt(MinedTransaction mined, PreparedTransaction? prepared) =>
        RpcReply.Of(json => ChainJson.WriteReceipt(json, mined, prepared ?? context.Decode(mined), context.Options.Token));

    internal RpcReply GetTransactionByHash(RpcRequest request)
    {
        if (!new ParameterReader(request.Parameters).TryHash(out var hash))
            return RpcFault.InvalidParams("a transaction hash");
        PreparedTransaction? waiting;
        MinedTransaction? mined;
        lock (context.Gate)
        {
            mined = context.Chain.Find(hash);
            waiting = context.Pool.Find(hash)?.Prepared;
        }

        if (mined is null && waiting is null)
            return RpcReply.Null;
        return RpcReply.Of(json => ChainJson.WriteTransaction(
            json, mined is null ? waiting! : context.Decode(mined), mined, context.Options.Token));
    }

    internal RpcReply GetLogs(RpcRequest request)
    {
        if (!new ParameterReader(request.Parameters).TryObject(out var members) || LogQuery.TryRead(ref members) is not { } query)
            return RpcFault.InvalidParams("a log filter");
        var candidates = CandidatesOf(query);
        if (candidates is null)
            return RpcFault.Server("unknown block");

        var found = new List<(MinedTransaction Mined, TokenLog Log, int Index)>();
        if (query.MatchesAddress(context.Options.Token))
        {
            foreach (var mined in candidates.Where(transaction => transaction.Succeeded))
            {
                var call = context.Decode(mined).Call;
                for (var i = 0; i < TokenLog.CountOf(call); i++)
                {
                    var log = TokenLog.Of(call, mined.Sender, i);
                    if (!query.Matches(log))
                        continue;
                    if (found.Count == context.Options.MaxLogs)
                        return RpcFault.Server($"query returned more than {context.Options.MaxLogs} results");
                    found.Add((mined, log, mined.FirstLogIndex + i));
                }
            }
        }

        return RpcReply.Of(json =>
        {
            json.WriteStartArray();
            foreach (var (mined, log, index) in found)
                ChainJson.WriteLog(json, mined, log, index, context.Options.Token);
            json.WriteEndArray();
        });
    }

    internal RpcReply Call(RpcRequest request) => TryExecute(request, out var call, out _, out var fault)
        ? RpcReply.Hex(Result(call!))
        : fault!;

    internal RpcReply EstimateGas(RpcRequest request) => TryExecute(request, out var call, out var arguments, out var fault)
        ? RpcReply.Quantity(TokenGas.Needed(call!, arguments.Data))
        : fault!;

    bool TryExecute(RpcRequest request, out TokenCall? call, out CallArguments arguments, out RpcFault? fault)
    {
        call = null;
        arguments = default;
        var parameters = new ParameterReader(request.Parameters);
        if (!parameters.TryObject(out var members) || !CallArguments.TryRead(ref members, out arguments) || !parameters.TryOptionalBlock(out var block))
        {
            fault = RpcFault.InvalidParams("a call and a block");
            return false;
        }

        // The costly part first, outside the gate.
        call = context.Preparer.Decode(arguments.To, arguments.Data);
        lock (context.Gate)
        {
            fault = context.RefuseOlder(block);
            if (fault is not null)
                return false;
            var time = context.Chain.NextTimestamp((ulong)context.Time.GetUtcNow().ToUnixTimeSeconds());
            if (TokenExecutor.Check(call, arguments.From, time, context.Chain.State) is { } revert)
                fault = RpcFault.Reverted(revert);
        }

        return fault is null;
    }

    byte[] Result(TokenCall call)
    {
        switch (call.Method)
        {
            case TokenMethod.BalanceOf:
                lock (context.Gate)
                    return AbiWriter.Result(1).Add(context.Chain.State.BalanceOf(call.From)).ToArray();
            case TokenMethod.TotalSupply:
                lock (context.Gate)
                    return AbiWriter.Result(1).Add(context.Chain.State.Supply).ToArray();
            case TokenMethod.AuthorizationState:
                lock (context.Gate)
                    return AbiWriter.Result(1).Add(context.Chain.State.IsAuthorizationEnded(new AuthorizationKey(call.From, call.Nonce)) ? 1UL : 0UL).ToArray();
            case TokenMethod.Name:
                return AbiWriter.Result(1).AddString(context.Options.TokenName).ToArray();
            case TokenMethod.Version:
                return AbiWriter.Result(1).AddString(context.Options.TokenVersion).ToArray();
            case TokenMethod.Decimals:
                return AbiWriter.Result(1).Add(DevnetContext.TokenDecimals).ToArray();
            case TokenMethod.DomainSeparator:
                return AbiWriter.Result(1).Add(context.Preparer.Domain.Separator).ToArray();
            case TokenMethod.Transfer:
                return AbiWriter.Result(1).Add(1UL).ToArray();
            default:
                return [];
        }
    }

    MinedTransaction? Find(Hash32 hash)
    {
        lock (context.Gate)
            return context.Chain.Find(hash);
    }

    bool TryAccountAndBlock(RpcRequest request, out Address account, out RpcFault? fault)
    {
        var parameters = new ParameterReader(request.Parameters);
        if (!parameters.TryAddress(out account) || !parameters.TryOptionalBlock(out var block))
        {
            fault = RpcFault.InvalidParams("an address and a block");
            return false;
        }

        lock (context.Gate)
            fault = context.RefuseOlder(block);
        return fault is null;
    }

    // Null when the block that is named does not exist. Who asks for authorisations by name does not wait for a walk over the chain.
    IEnumerable<MinedTransaction>? CandidatesOf(LogQuery query)
    {
        lock (context.Gate)
        {
            if (query.BlockHash is { } hash)
                return context.Chain.FindBlock(hash)?.Transactions;
            var head = context.Chain.Head.Number;
            var from = query.From.IsNumber ? query.From.Height : head;
            var to = Math.Min(query.To.IsNumber ? query.To.Height : head, head);
            return query.FindAuthorizations() is { } named ? EndsOf(named, from, to) : BlocksOf(from, to).SelectMany(block => block.Transactions);
        }
    }

    List<MinedTransaction> EndsOf(IEnumerable<AuthorizationKey> authorizations, ulong from, ulong to) =>
    [
        .. authorizations.Select(context.Chain.FindEnd).OfType<MinedTransaction>()
            .Where(mined => mined.Block.Number >= from && mined.Block.Number <= to)
            .Distinct().OrderBy(mined => mined.Block.Number).ThenBy(mined => mined.Index),
    ];

    List<DevnetBlock> BlocksOf(ulong from, ulong to)
    {
        var blocks = new List<DevnetBlock>();
        for (var number = from; number <= to; number++)
            blocks.Add(context.Chain.BlockAt(number)!);
        return blocks;
    }
}
