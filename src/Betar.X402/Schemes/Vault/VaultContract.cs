using Betar.Crypto;
using Betar.Ethereum;

namespace Betar.X402.Schemes.Vault;

/// <summary>The functions and events of contracts/src/PaymentVault.sol that we use.</summary>
internal static class VaultContract
{
    internal const ulong DepositGasLimit = 250_000;
    internal const ulong StepGasLimit = 150_000;

    internal static readonly AbiFunction Deposit = Of("deposit", ("validAfter", "uint256"), ("validBefore", "uint256"), ("signature", "bytes"));
    internal static readonly AbiFunction Release = Of("release");
    internal static readonly AbiFunction Refund = Of("refund");
    internal static readonly AbiFunction ShowReceipt = Of("showReceipt", ("answer", "bytes32"), ("signature", "bytes"));
    internal static readonly AbiFunction Dispute = Of("dispute");
    internal static readonly AbiFunction Resolve = Of("resolve", ("toSeller", "uint256"));
    internal static readonly AbiFunction TimeOut = Of("timeOut");

    internal static readonly AbiFunction Escrows = new(
        "escrows", [Parameter("id", "bytes32")], [Parameter("state", "uint8"), Parameter("receipted", "bool"), Parameter("until", "uint40")]);

    internal static readonly Hash32 Deposited = Topic("Deposited(bytes32,address,address,(address,address,address,uint256,uint40,uint32,uint32,bytes32))");
    internal static readonly Hash32 ReceiptShown = Topic("ReceiptShown(bytes32,bytes32,uint40)");
    internal static readonly Hash32 DisputeOpened = Topic("DisputeOpened(bytes32,address,uint40)");
    internal static readonly Hash32 Closed = Topic("Closed(bytes32,uint8,uint256,uint256)");

    private static AbiFunction Of(string name, params (string Name, string Type)[] more) => new(
        name,
        [Parameter("terms", "(address,address,address,uint256,uint40,uint32,uint32,bytes32)"), .. more.Select(member => Parameter(member.Name, member.Type))],
        []);

    private static AbiParameter Parameter(string name, string type) => new(name, AbiType.Parse(type));

    private static Hash32 Topic(string signature) => new(Keccak256.Hash(System.Text.Encoding.ASCII.GetBytes(signature)));
}
