using Betar.Ethereum;

namespace Betar.Contracts.Tests.Support;

/// <summary>A contract on the chain, asked and told by the names of its functions.</summary>
internal sealed class Contract(Anvil anvil, Artifact artifact, Address address)
{
    private const ulong GasLimit = 1_000_000;

    internal Address Address { get; } = address;

    internal ContractAbi Abi { get; } = artifact.Abi;

    internal string Name { get; } = artifact.Name;

    internal static async Task<Contract> DeployAsync(Anvil anvil, Artifact artifact, params object[] arguments)
    {
        var nonce = await anvil.Chain.GetTransactionCountAsync(Account.Deployer.Address, BlockTag.Latest, default);
        var receipt = await SendAsync(anvil, Account.Deployer, null, artifact.Abi.EncodeCreation(artifact.Bytecode, arguments), 6_000_000);
        Assert.True(receipt.Succeeded, $"{artifact.Name} was not created");
        return new Contract(anvil, artifact, ContractAddress.OfCreate(Account.Deployer.Address, nonce));
    }

    internal async Task<object[]> ReadAsync(string function, params object[] arguments)
    {
        var called = Abi.Function(function);
        var answer = await anvil.Chain.CallAsync(new CallRequest(Address, called.Encode(arguments)) { Block = BlockTag.Pending }, default);
        Assert.True(answer.IsValue, answer.Describe());
        Assert.True(called.TryDecodeResult(answer.Value, out var values), $"{function} answered {Convert.ToHexStringLower(answer.Value)}");
        return values!;
    }

    internal async Task<T> ReadAsync<T>(string function, params object[] arguments) => (T)(await ReadAsync(function, arguments)).Single();

    internal async Task<TransactionReceipt> SendAsync(Account from, string function, params object[] arguments)
    {
        var receipt = await TryAsync(from, function, arguments);
        if (!receipt.Succeeded)
            Assert.Fail($"{Name}.{function} reverted: {await WhyAsync(from, function, arguments)}");
        return receipt;
    }

    /// <summary>The receipt, whatever it says.</summary>
    internal Task<TransactionReceipt> TryAsync(Account from, string function, params object[] arguments) =>
        SendAsync(anvil, from, Address, Abi.Function(function).Encode(arguments), GasLimit);

    /// <summary>That it reverts, as a question and as a transaction, and with what.</summary>
    internal async Task<AbiRecord> RevertsAsync(Account from, string function, params object[] arguments)
    {
        var error = await WhyAsync(from, function, arguments);
        Assert.True(error is not null, $"{Name}.{function} does not revert");
        Assert.False((await TryAsync(from, function, arguments)).Succeeded);
        return error!;
    }

    internal async Task RevertsAsync(string reason, Account from, string function, params object[] arguments) =>
        Assert.Equal(reason, (await RevertsAsync(from, function, arguments))["reason"]);

    internal IReadOnlyList<AbiRecord> Events(TransactionReceipt receipt) =>
    [
        .. receipt.Logs.Where(log => log.Address == Address).Select(log => Abi.TryDecodeLog(log, out var record)
            ? record
            : throw new InvalidOperationException($"{Name} wrote a log that it does not know.")),
    ];

    /// <summary>Why it would revert now, or null when it would not.</summary>
    internal async Task<AbiRecord?> WhyAsync(Account from, string function, params object[] arguments)
    {
        var call = new CallRequest(Address, Abi.Function(function).Encode(arguments)) { From = from.Address, Block = BlockTag.Pending };
        var answer = await anvil.Chain.CallAsync(call, default);
        if (answer.IsValue)
            return null;
        Assert.True(answer.Status == RpcStatus.Error, answer.Describe());
        return Abi.TryDecodeError(answer.Error!.Data.Span, out var record)
            ? record
            : new AbiRecord(answer.Error.Data.IsEmpty ? "nothing" : Convert.ToHexStringLower(answer.Error.Data.Span), [], []);
    }

    private static async Task<TransactionReceipt> SendAsync(Anvil anvil, Account from, Address? to, byte[] data, ulong gasLimit)
    {
        var transaction = new Eip1559Transaction
        {
            ChainId = Anvil.ChainId,
            Nonce = await anvil.Chain.GetTransactionCountAsync(from.Address, BlockTag.Latest, default),
            GasLimit = gasLimit,
            To = to,
            Data = data,
        }.Sign(from.Key);
        return await anvil.IncludeAsync(transaction);
    }
}
