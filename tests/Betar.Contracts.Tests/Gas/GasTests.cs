using System.Globalization;
using System.Text.RegularExpressions;
using Betar.Contracts.Tests.Support;
using Betar.Ethereum;
using Betar.Tests.Shared;

namespace Betar.Contracts.Tests.Gas;

/// <summary>What each call costs, measured on a chain that is the same in every run, against docs/contracts.md and its limits.</summary>
public sealed partial class GasTests(Anvil anvil) : ChainTest(anvil)
{
    private const string Overload = "(address,address,uint256,uint256,uint256,bytes32,bytes)";
    private const string Parts = "(address,address,uint256,uint256,uint256,bytes32,uint8,bytes32,bytes32)";

    private readonly Dictionary<string, ulong> measured = [];

    private VaultDriver Driver => new(Anvil, World.Vault, World.Signer);

    [Fact]
    public async Task The_document_has_what_was_measured_and_nothing_is_above_its_limit()
    {
        await MeasureCreationAsync();
        await MeasureTokenAsync();
        await MeasureVaultAsync();

        var document = File.ReadAllText(Path.Combine(Places.Root, "docs", "contracts.md"));
        var rows = Row().Matches(document).ToDictionary(row => row.Groups[1].Value, row => (Gas: Number(row.Groups[2]), Limit: Number(row.Groups[3])));
        var table = string.Join('\n', measured.Select(entry => $"| {entry.Key} | {entry.Value:N0} | {rows.GetValueOrDefault(entry.Key).Limit:N0} |"));
        Assert.True(measured.All(entry => rows.TryGetValue(entry.Key, out var row) && entry.Value <= row.Limit), "Above the limit:\n" + table);
        Assert.True(
            measured.Count == rows.Count && measured.All(entry => rows[entry.Key].Gas == entry.Value), "docs/contracts.md ought to say:\n" + table);
        Assert.All(rows.Values, row => Assert.True(row.Limit <= row.Gas * 11 / 10, "A limit a tenth above what is needed holds nothing."));
        TestNotes.Add($"contracts: gas of {measured.Count} calls within their limits");
    }

    [Fact]
    public async Task A_settlement_fits_the_gas_limit_that_settlers_give()
    {
        var (payer, payee) = (World.Wallet.Address, Account.Stranger.Address);
        var signature = (byte[])[1, .. World.Signer.Transfer(Account.Buyer, payer, payee, 1, TypedData.Label("dear"))];
        var receipt = await World.Usdc.SendAsync(
            Account.Relayer, "transferWithAuthorization" + Overload,
            payer, payee, UInt256.One, UInt256.Zero, (UInt256)TokenSigner.Never, TypedData.Label("dear").ToArray(), signature);

        Assert.InRange(receipt.GasUsed, 50_000UL, Eip3009Token.TransferGasLimit);
    }

    private async Task MeasureCreationAsync()
    {
        measured["create TestUsdc"] = await CreateAsync(Artifact.TestUsdc, Account.Owner.Address);
        measured["create PaymentVault"] = await CreateAsync(Artifact.PaymentVault, World.Usdc.Address);
    }

    private async Task<ulong> CreateAsync(Artifact artifact, Address argument)
    {
        var nonce = await Anvil.Chain.GetTransactionCountAsync(Account.Deployer.Address, BlockTag.Latest, default);
        var receipt = await Anvil.IncludeAsync(new Eip1559Transaction
        {
            ChainId = Anvil.ChainId, Nonce = nonce, GasLimit = 6_000_000, Data = artifact.Abi.EncodeCreation(artifact.Bytecode, argument),
        }.Sign(Account.Deployer.Key));
        Assert.True(receipt.Succeeded);
        return receipt.GasUsed;
    }

    private async Task MeasureTokenAsync()
    {
        await TokenAsync("transfer, to a new account", Account.Buyer, "transfer", Account.Seller.Address, (UInt256)10);
        await TokenAsync("transfer", Account.Buyer, "transfer", Account.Seller.Address, (UInt256)10);
        await TokenAsync("approve", Account.Buyer, "approve", Account.Relayer.Address, (UInt256)100);
        await TokenAsync("transferFrom", Account.Relayer, "transferFrom", Account.Buyer.Address, Account.Seller.Address, (UInt256)10);
        await AuthorizedAsync("transferWithAuthorization (v, r, s), to a new account", Parts, Account.Stranger.Address);
        await AuthorizedAsync("transferWithAuthorization (v, r, s)", Parts, Account.Seller.Address);
        await AuthorizedAsync("transferWithAuthorization (bytes)", Overload, Account.Seller.Address);
        var nonce = TypedData.Label("gas cancel");
        var cancel = World.Signer.Cancel(Account.Buyer, Account.Buyer.Address, nonce);
        await TokenAsync("cancelAuthorization", Account.Relayer, "cancelAuthorization(address,bytes32,bytes)", Account.Buyer.Address, nonce.ToArray(), cancel);
    }

    private Task AuthorizedAsync(string name, string form, Address to)
    {
        var nonce = TypedData.Label(name);
        var signature = World.Signer.Transfer(Account.Buyer, Account.Buyer.Address, to, 10, nonce);
        object[] terms = [Account.Buyer.Address, to, (UInt256)10, UInt256.Zero, (UInt256)TokenSigner.Never, nonce.ToArray()];
        return TokenAsync(
            name, Account.Relayer, "transferWithAuthorization" + form,
            form == Overload ? [.. terms, signature] : [.. terms, (UInt256)signature[64], signature[..32], signature[32..64]]);
    }

    private async Task MeasureVaultAsync()
    {
        // Once before, so that the vault's own balance is no new entry.
        await Driver.OpenAsync("gas, warm");
        var terms = await Driver.TermsAsync("gas");
        await VaultAsync("deposit", Account.Relayer, "deposit", Driver.Deposit(terms));
        await VaultAsync("release", Account.Buyer, "release", terms.Argument);
        await VaultAsync("refund", Account.Seller, "refund", (await Driver.OpenAsync("gas refund")).Argument);
        terms = await Driver.OpenAsync("gas receipt");
        await VaultAsync(
            "showReceipt", Account.Seller, "showReceipt", terms.Argument, VaultDriver.Answer.ToArray(), Driver.Receipt(Account.Buyer, terms));
        await VaultAsync("dispute", Account.Buyer, "dispute", terms.Argument);
        await VaultAsync("resolve, divided", Account.Arbiter, "resolve", terms.Argument, (UInt256)400);
        terms = await Driver.OpenAsync("gas time");
        await Anvil.WarpAsync(terms.Deadline);
        await VaultAsync("timeOut", Account.Stranger, "timeOut", terms.Argument);
    }

    private async Task TokenAsync(string name, Account from, string function, params object[] arguments) =>
        measured[name] = (await World.Usdc.SendAsync(from, function, arguments)).GasUsed;

    private async Task VaultAsync(string name, Account from, string function, params object[] arguments) =>
        measured["vault: " + name] = (await World.Vault.SendAsync(from, function, arguments)).GasUsed;

    private static ulong Number(Group digits) => ulong.Parse(digits.Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\| ([^|]+?) \| ([0-9,]+) \| ([0-9,]+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
