using System.Text.Json;
using System.Text.Json.Nodes;
using Betar.Ethereum.Devnet;
using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Devnet;

/// <summary>What goes to clients that nobody here wrote, whole: member by member.</summary>
public sealed class GoldenJsonTests
{
    static readonly JsonSerializerOptions _indented = new() { WriteIndented = true };
    static readonly string _ones = "0x" + new string('f', 512);
    static readonly string _zeros = Hash32.Zero.ToString();

    static void Same(string expected, JsonNode? actual) =>
        Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(_indented), actual!.ToJsonString(_indented));

    static async Task<(TestChain Chain, SignedTransaction Transaction)> OneSettlementAsync()
    {
        var chain = await TestChain.StartAsync(new DevnetOptions { MineAutomatically = false });
        var funding = chain.FundAsync(TestKeys.PayerAddress, 5000);
        while (!funding.IsCompleted)
            await chain.ResultAsync("devnet_mine");
        await funding;
        await chain.ResultAsync("eth_sendRawTransaction", TestChain.Raw(chain.Transaction(default, to: TestKeys.SellerAddress)));
        var transaction = chain.Settlement(TokenSigner.Transfer("a", value: 1000));
        await chain.ResultAsync("eth_sendRawTransaction", TestChain.Raw(transaction));
        await chain.ResultAsync("devnet_mine");
        return (chain, transaction);
    }

    [Fact]
    public async Task A_receipt()
    {
        var (chain, transaction) = await OneSettlementAsync();
        await using var _ = chain;
        var block = (await chain.ResultAsync("eth_getBlockByNumber", "[\"latest\",false]"))!;
        var needed = TestChain.Quantity(await chain.ResultAsync(
            "eth_estimateGas", TestChain.CallParameters(Eip3009Token.EncodeTransferWithAuthorization(TokenSigner.Transfer("b", value: 1000)))));
        var receipt = (await chain.ResultAsync("eth_getTransactionReceipt", $"[\"{transaction.Hash}\"]"))!;
        var gas = TestChain.Quantity(receipt["gasUsed"]);
        Assert.InRange(gas, needed - 2_000, needed + 2_000);
        var place = $$"""
            "transactionHash": "{{transaction.Hash}}",
            "blockHash": "{{block["hash"]}}",
            "blockNumber": "{{block["number"]}}",
            "transactionIndex": "0x1"
            """;
        Same(
            $$"""
            {
              {{place}},
              "from": "{{TestKeys.SenderAddress.ToLowerHex()}}",
              "to": "0x036cbd53842c5426634e7929541ec2318f3dcf7e",
              "contractAddress": null,
              "status": "0x1",
              "gasUsed": "0x{{gas:x}}",
              "cumulativeGasUsed": "0x{{gas + 21_000:x}}",
              "effectiveGasPrice": "0x0",
              "type": "0x2",
              "logsBloom": "{{_ones}}",
              "logs": [
                {
                  "address": "0x036cbd53842c5426634e7929541ec2318f3dcf7e",
                  "topics": [
                    "0x98de503528ee59b575ef0c0a2576a82497bfc029a5685b209e9ec333479b10a5",
                    "0x00000000000000000000000040d6b846c1a945d2dfde794666f3b948faf126b1",
                    "{{TestKeys.NonceOf("a")}}"
                  ],
                  "data": "0x",
                  {{place}},
                  "logIndex": "0x0",
                  "removed": false
                },
                {
                  "address": "0x036cbd53842c5426634e7929541ec2318f3dcf7e",
                  "topics": [
                    "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef",
                    "0x00000000000000000000000040d6b846c1a945d2dfde794666f3b948faf126b1",
                    "0x0000000000000000000000002ed99c696a0992747886c1a29bd81e4d055c2a57"
                  ],
                  "data": "0x00000000000000000000000000000000000000000000000000000000000003e8",
                  {{place}},
                  "logIndex": "0x1",
                  "removed": false
                }
              ]
            }
            """,
            receipt);
    }

    [Fact]
    public async Task A_transaction()
    {
        var (chain, transaction) = await OneSettlementAsync();
        await using var _ = chain;
        var block = (await chain.ResultAsync("eth_getBlockByNumber", "[\"latest\",false]"))!;
        Assert.True(Eip1559Decoder.TryParse(transaction.Raw, out var parsed, out string? _));
        var r = UInt256.ReadBigEndian(parsed!.Signature.AsSpan(0, 32));
        var s = UInt256.ReadBigEndian(parsed.Signature.AsSpan(32));
        Same(
            $$"""
            {
              "hash": "{{transaction.Hash}}",
              "blockHash": "{{block["hash"]}}",
              "blockNumber": "{{block["number"]}}",
              "transactionIndex": "0x1",
              "from": "{{TestKeys.SenderAddress.ToLowerHex()}}",
              "to": "0x036cbd53842c5426634e7929541ec2318f3dcf7e",
              "type": "0x2",
              "nonce": "0x1",
              "gas": "0x30d40",
              "gasPrice": "0x0",
              "value": "0x0",
              "input": "{{TestChain.Hex(transaction.Transaction.Data.Span)}}",
              "chainId": "0x14a34",
              "maxFeePerGas": "0x0",
              "maxPriorityFeePerGas": "0x0",
              "accessList": [],
              "yParity": "0x{{parsed.RecoveryId}}",
              "v": "0x{{parsed.RecoveryId}}",
              "r": "{{Quantity(r)}}",
              "s": "{{Quantity(s)}}"
            }
            """,
            await chain.ResultAsync("eth_getTransactionByHash", $"[\"{transaction.Hash}\"]"));

        static string Quantity(UInt256 value)
        {
            var bytes = new byte[32];
            value.WriteBigEndian(bytes);
            return "0x" + Convert.ToHexStringLower(bytes).TrimStart('0');
        }
    }

    [Fact]
    public async Task A_block()
    {
        await using var chain = await TestChain.StartAsync();
        await chain.ResultAsync("devnet_mine");
        var parent = (await chain.ResultAsync("eth_getBlockByNumber", "[\"0x0\",false]"))!["hash"]!.GetValue<string>();
        var block = (await chain.ResultAsync("eth_getBlockByNumber", "[\"0x1\",true]"))!;
        Same(
            $$"""
            {
              "number": "0x1",
              "hash": "{{block["hash"]}}",
              "parentHash": "{{parent}}",
              "timestamp": "0x{{chain.Time.Seconds:x}}",
              "nonce": "0x0000000000000000",
              "sha3Uncles": "0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347",
              "logsBloom": "{{_ones}}",
              "transactionsRoot": "{{_zeros}}",
              "stateRoot": "{{_zeros}}",
              "receiptsRoot": "{{_zeros}}",
              "mixHash": "{{_zeros}}",
              "miner": "0x0000000000000000000000000000000000000000",
              "difficulty": "0x0",
              "extraData": "0x",
              "size": "0x0",
              "gasLimit": "0x11e1a300",
              "gasUsed": "0x0",
              "baseFeePerGas": "0x0",
              "transactions": [],
              "uncles": []
            }
            """,
            block);
    }

    [Fact]
    public async Task A_status()
    {
        var (chain, _) = await OneSettlementAsync();
        await using var __ = chain;
        await chain.ResultAsync("eth_sendRawTransaction", TestChain.Raw(chain.Transaction(default, to: TestKeys.SellerAddress)));
        await chain.ResultAsync("devnet_setFault", """[{"kind":"revert"}]""");
        var status = (await chain.ResultAsync("devnet_status"))!;
        var height = await chain.HeightAsync();
        Same(
            $$"""
            {
              "chainId": 84532,
              "token": "0x036CbD53842c5426634e7929541eC2318f3dCF7e",
              "blockNumber": {{height}},
              "transactions": 3,
              "pending": 1,
              "accounts": 2,
              "authorizations": 1,
              "supply": "5000",
              "reorganisations": 0,
              "automatic": false,
              "broken": null,
              "faults": ["revert"]
            }
            """,
            status);
    }

    [Fact]
    public async Task A_revert()
    {
        await using var chain = await TestChain.StartAsync();
        Same(
            $$"""
            {
              "jsonrpc": "2.0",
              "id": 7,
              "error": {
                "code": 3,
                "message": "execution reverted: ERC20: transfer amount exceeds balance",
                "data": "{{TestChain.Hex(RevertReason.Encode("ERC20: transfer amount exceeds balance"))}}"
              }
            }
            """,
            await chain.RequestAsync("eth_call", TestChain.CallParameters(Eip3009Token.EncodeTransfer(TestKeys.SellerAddress, 1))));
        Same(
            """{"jsonrpc":"2.0","id":7,"error":{"code":3,"message":"execution reverted","data":"0x"}}""",
            await chain.RequestAsync("eth_call", TestChain.CallParameters([1, 2, 3, 4])));
    }
}
