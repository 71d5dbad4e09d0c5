using System.Text;
using Betar.Ethereum.Tests.Support;
using Betar.Tests.Shared;

namespace Betar.Ethereum.Tests.Abi.Contracts;

public sealed class ContractAbiTests
{
    private const string Json = """
        [
         {"type":"constructor","inputs":[{"name":"owner","type":"address"}]},
         {"type":"function","name":"f","inputs":[{"name":"items","type":"tuple[]","components":[{"name":"a","type":"address"},{"name":"n","type":"uint256[2]"}]},{"type":"bytes32"}],"outputs":[{"type":"string"}]},
         {"type":"function","name":"g","inputs":[{"type":"uint256"}]},
         {"type":"function","name":"g","inputs":[{"type":"bytes"}]},
         {"type":"event","name":"Transfer","inputs":[{"name":"from","type":"address","indexed":true},{"name":"to","type":"address","indexed":true},{"name":"value","type":"uint256"}]},
         {"type":"event","name":"Note","inputs":[{"name":"text","type":"string","indexed":true},{"name":"told","type":"string"}]},
         {"type":"event","name":"Quiet","anonymous":true,"inputs":[{"name":"n","type":"uint256","indexed":true}]},
         {"type":"error","name":"TooLate","inputs":[{"name":"until","type":"uint40"}]},
         {"type":"receive"},
         {"type":"fallback"}
        ]
        """;

    private static readonly ContractAbi Abi = Parse(Json);

    [Fact]
    public void Functions_have_the_selectors_of_their_types()
    {
        Assert.Equal("f((address,uint256[2])[],bytes32)", Abi.Function("f").Signature);
        // Made with viem 2.56.8.
        Assert.Equal(0xbb9a2dbbU, Abi.Function("f").Selector);
        Assert.Equal(["f", "g", "g"], Abi.Functions.Select(function => function.Name));
    }

    [Fact]
    public void Overloads_are_told_apart_by_their_signature()
    {
        Assert.Throws<InvalidOperationException>(() => Abi.Function("g"));
        Assert.Throws<InvalidOperationException>(() => Abi.Function("h"));
        Assert.Equal(AbiKind.Bytes, Abi.Function("g(bytes)").Inputs[0].Type.Kind);
    }

    [Fact]
    public void A_call_is_its_selector_and_its_arguments()
    {
        var data = Abi.Function("g(uint256)").Encode((UInt256)7);
        Assert.Equal("e420264a" + new string('0', 63) + "7", Convert.ToHexStringLower(data));
    }

    [Fact]
    public void A_result_is_read_by_its_types()
    {
        var data = AbiWriter.Result(1).AddString("told").ToArray();
        Assert.True(Abi.Function("f").TryDecodeResult(data, out var values));
        Assert.Equal(["told"], values);
        Assert.False(Abi.Function("f").TryDecodeResult([], out _));
    }

    [Fact]
    public void A_contract_is_created_by_its_code_and_its_arguments() => Assert.Equal(
        "6001" + new string('0', 24) + TestKeys.PayerAddress.ToLowerHex()[2..],
        Convert.ToHexStringLower(Abi.EncodeCreation([0x60, 0x01], TestKeys.PayerAddress)));

    [Fact]
    public void Errors_are_told_by_their_selector_those_of_every_contract_too()
    {
        Assert.Equal("TooLate(1024)", Decode([.. Selector("TooLate(uint40)"), .. new byte[30], 4, 0]));
        Assert.Equal("Error(a reason)", Decode(RevertReason.Encode("a reason")));
        Assert.Equal("Panic(17)", Decode(Convert.FromHexString("4e487b71" + new string('0', 62) + "11")));
        Assert.Null(Decode([]));
        Assert.Null(Decode([1, 2, 3]));
        Assert.Null(Decode([.. Selector("TooLate(uint40)"), .. new byte[31]]));
        Assert.Null(Decode([.. Selector("TooLate(uint40)"), 1, .. new byte[31]]));
        Assert.Null(Decode([.. Selector("Other()")]));

        static string? Decode(byte[] data) => Abi.TryDecodeError(data, out var record) ? record.ToString() : null;
    }

    [Fact]
    public void Events_are_told_by_their_topic()
    {
        var log = Log([Topic("Transfer(address,address,uint256)"), Word(TestKeys.PayerAddress), Word(TestKeys.SellerAddress)], AbiWriter.Result(1).Add(5UL).ToArray());
        Assert.True(Abi.TryDecodeLog(log, out var record));
        Assert.Equal(("Transfer", TestKeys.SellerAddress, (UInt256)5), (record.Name, (Address)record["to"], (UInt256)record["value"]));
        Assert.Throws<KeyNotFoundException>(() => record["nothing"]);
    }

    [Fact]
    public void Of_an_indexed_text_the_hash_is_left()
    {
        var hash = TestKeys.NonceOf("a text");
        Assert.True(Abi.TryDecodeLog(Log([Topic("Note(string,string)"), hash], AbiWriter.Result(1).AddString("told").ToArray()), out var record));
        Assert.Equal(hash.ToArray(), record["text"]);
        Assert.Equal("told", record["told"]);
    }

    [Fact]
    public void An_event_without_a_name_has_its_values_only()
    {
        var quiet = Abi.Events.Single(candidate => candidate.IsAnonymous);
        Assert.True(quiet.TryDecode(Log([new Hash32(AbiWriter.Result(1).Add(9UL).ToArray())], []), out var record));
        Assert.Equal((UInt256)9, record["n"]);
    }

    [Fact]
    public void Logs_of_other_shapes_are_no_events_of_this_contract()
    {
        var transfer = Topic("Transfer(address,address,uint256)");
        var value = AbiWriter.Result(1).Add(5UL).ToArray();
        Assert.False(Abi.TryDecodeLog(Log([], []), out _));
        Assert.False(Abi.TryDecodeLog(Log([transfer, Word(TestKeys.PayerAddress)], value), out _));
        Assert.False(Abi.TryDecodeLog(Log([transfer, Word(TestKeys.PayerAddress), Word(TestKeys.PayerAddress)], value[1..]), out _));
        Assert.False(Abi.TryDecodeLog(Log([transfer, Word(TestKeys.PayerAddress), TestKeys.NonceOf("no address")], value), out _));
        Assert.False(Abi.TryDecodeLog(Log([Topic("Other(address,address,uint256)"), Word(TestKeys.PayerAddress), Word(TestKeys.PayerAddress)], value), out _));
    }

    [Theory]
    [InlineData("", "it is no JSON")]
    [InlineData("[", "it is no JSON")]
    [InlineData("{}", "it is no array of at most 4096 entries")]
    [InlineData("[1]", "an entry of type nothing")]
    [InlineData("[{\"type\":\"library\"}]", "an entry of type library")]
    [InlineData("[{\"type\":\"function\",\"name\":\"f\",\"inputs\":[{\"type\":\"uint7\"}]}]", "the parameters of f cannot be read")]
    [InlineData("[{\"type\":\"function\",\"name\":\"f\",\"outputs\":[{}]}]", "the parameters of f cannot be read")]
    [InlineData("[{\"type\":\"function\",\"name\":\"f\",\"inputs\":[{\"type\":\"tuple\",\"components\":[{\"type\":\"x\"}]}]}]", "the parameters of f cannot be read")]
    public void What_is_no_interface_is_refused_with_its_fault(string json, string fault)
    {
        Assert.False(ContractAbi.TryParse(Encoding.UTF8.GetBytes(json), out _, out var told));
        Assert.Equal(fault, told);
    }

    [Fact]
    public void More_entries_than_any_contract_has_are_refused() => Assert.False(ContractAbi.TryParse(
        Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable.Repeat("{\"type\":\"receive\"}", 4097)) + "]"), out _, out _));

    [Fact]
    public void Damaged_interfaces_are_read_or_refused() =>
        Fuzz.Mutate(Encoding.UTF8.GetBytes(Json), 5_000, TestSeed.Value, bytes => _ = ContractAbi.TryParse(bytes, out _, out _));

    private static ContractAbi Parse(string json)
    {
        Assert.True(ContractAbi.TryParse(Encoding.UTF8.GetBytes(json), out var abi, out var fault), fault);
        return abi!;
    }

    private static byte[] Selector(string signature) => Topic(signature).ToArray()[..4];

    private static Hash32 Topic(string signature) => TestKeys.NonceOf(signature);

    private static Hash32 Word(Address address) => new(AbiWriter.Result(1).Add(address).ToArray());

    private static LogEntry Log(IReadOnlyList<Hash32> topics, byte[] data) => new(TestKeys.Usdc, topics, data, 1, Hash32.Zero, Hash32.Zero, 0, 0);
}
