using Betar.Ethereum;
using Betar.Grains.Settlement.Audit;
using Betar.Grains.Tests.Support;

namespace Betar.Grains.Tests.Settlement;

/// <summary>A range of blocks is asked for in pieces, smaller ones when the chain says that it was too much.</summary>
public sealed class TransferLogsTests
{
    private static readonly Address Token = Address.Parse("0x036CbD53842c5426634e7929541eC2318f3dCF7e");
    private static readonly Address Ours = Address.Parse("0x2ed99c696a0992747886c1a29bd81e4d055c2a57");
    private readonly List<(ulong From, ulong To)> _asked = [];

    [Fact]
    public async Task Pieces_meet_without_a_gap_and_end_where_they_should()
    {
        await Read(piece: 10, first: 5, last: 29);

        Assert.Equal([(5, 14), (15, 24), (25, 29)], _asked);
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(5, 14)]
    public async Task What_fits_into_one_piece_is_asked_at_once(ulong first, ulong last)
    {
        await Read(piece: 10, first, last);

        Assert.Equal([(first, last)], _asked);
    }

    [Fact]
    public async Task A_piece_that_is_too_much_is_halved_until_it_is_not()
    {
        await Read(piece: 8, first: 0, last: 4, most: 2);

        Assert.Equal([(0, 4), (0, 3), (0, 1), (2, 3), (4, 4)], _asked);
    }

    [Fact]
    public async Task The_smallest_piece_is_one_block()
    {
        await Read(piece: 2, first: 0, last: 1, most: 1);

        Assert.Equal([(0, 1), (0, 0), (1, 1)], _asked);
    }

    [Fact]
    public async Task A_chain_that_refuses_a_single_block_is_reported() =>
        Assert.Equal(RpcStatus.Error, (await Assert.ThrowsAsync<ChainUnavailableException>(() => Read(piece: 4, first: 0, last: 3, most: 0))).Status);

    [Fact]
    public async Task A_chain_that_does_not_answer_is_not_asked_for_less()
    {
        await Assert.ThrowsAsync<ChainUnavailableException>(() => Read(piece: 4, first: 0, last: 3, most: 0, RpcStatus.Unreachable));

        Assert.Equal([(0, 3)], _asked);
    }

    private Task Read(ulong piece, ulong first, ulong last, ulong most = ulong.MaxValue, RpcStatus tooMuch = RpcStatus.Error)
    {
        var chain = new ScriptedChain
        {
            Logs = filter =>
            {
                ulong from = filter.FromBlock!.Value, to = filter.ToBlock!.Value;
                _asked.Add((from, to));
                return to - from + 1 <= most ? [] : throw new ChainUnavailableException(tooMuch, "too much");
            },
        };
        return new TransferLogs(chain, Token, new AuditOptions { BlocksAtOnce = piece }).ReadAsync([Ours], [], first, last, default);
    }
}
