using Betar.Agents.Tests.Support;
using Betar.Tests.Shared;

namespace Betar.Agents.Tests.Builtin;

public sealed class HashAndTimeTests
{
    [Theory]
    [InlineData("{}", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("""{"algorithm":"sha256"}""", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("""{"algorithm":"keccak256"}""", "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45")]
    [InlineData("""{"algorithm":"sha512"}""", "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f")]
    public async Task Hash_answers_the_known_value_of_abc(string config, string hash) =>
        Assert.Equal(hash, (await Executors.Make("builtin", config, target: "hash").RunAsync("abc")).Text);

    [Fact]
    public async Task Half_a_character_has_no_hash() =>
        Assert.Equal(ExecutionCodes.TaskRefused, (await Executors.Make("builtin", "{}", target: "hash").RunAsync("\ud800")).Code);

    [Fact]
    public async Task Time_is_that_of_the_node() => Assert.Equal(
        "2026-03-31T23:33:20.000Z", (await Executors.Make("builtin", "{}", new ExecutorTools { Time = new ManualTime() }, "time").RunAsync("?")).Text);
}
