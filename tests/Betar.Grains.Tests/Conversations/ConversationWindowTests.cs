using Betar.Grains.Abstractions.Conversations;
using Betar.Grains.Conversations;

namespace Betar.Grains.Tests.Conversations;

public sealed class ConversationWindowTests
{
    private static readonly RememberedTurn[] s_turns = [Turn("a", "1"), Turn("b", "2"), Turn("c", "3")];

    [Theory]
    [InlineData(0, 100, "")]
    [InlineData(1, 100, "c")]
    [InlineData(2, 100, "bc")]
    [InlineData(9, 100, "abc")]
    [InlineData(9, 6, "abc")]
    [InlineData(9, 5, "bc")]
    [InlineData(9, 1, "")]
    public void The_newest_are_kept_as_many_as_fit(int turns, int bytes, string kept) =>
        Assert.Equal(kept, string.Concat(ConversationWindow.Of(s_turns, turns, bytes).Select(turn => turn.Input)));

    /// <summary>Exchanges of two bytes each: how many, the window, the bytes there are, and how many of the oldest are due.</summary>
    [Theory]
    [InlineData(1, 1, 100, 0)]
    [InlineData(2, 1, 100, 1)]
    [InlineData(2, 2, 100, 0)]
    [InlineData(3, 2, 100, 1)]
    [InlineData(5, 4, 100, 0)]
    [InlineData(6, 4, 100, 2)]
    [InlineData(9, 4, 100, 5)]
    [InlineData(14, 10, 100, 0)]
    [InlineData(15, 10, 100, 5)]
    [InlineData(5, 10, 10, 0)]
    [InlineData(6, 10, 10, 4)]
    [InlineData(2, 10, 3, 1)]
    [InlineData(2, 10, 1, 2)]
    public void What_falls_out_is_due_for_the_summary_in_portions(int turns, int window, int bytes, int due) =>
        Assert.Equal(due, ConversationWindow.Due([.. Enumerable.Repeat(Turn("a", "b"), turns)], window, bytes));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    [InlineData(4, 5)]
    [InlineData(10, 14)]
    public void What_waits_to_become_a_portion_is_shown_too(int window, int shown) => Assert.Equal(shown, ConversationWindow.Shown(window));

    [Fact]
    public void Bytes_count_and_not_characters() => Assert.Equal(6, ConversationWindow.Size(Turn("é", "😀")));

    [Fact]
    public void The_defaults_are_those_of_the_documents()
    {
        Assert.Equal(100, new ConversationOptions().MaxTurns);
        Assert.Equal(65_536, new ConversationOptions().MaxBytes);
        Assert.Equal(4, new ConversationOptions().MaxSummariesAtOnce);
    }

    private static RememberedTurn Turn(string input, string output) => new() { Input = input, Output = output };
}
