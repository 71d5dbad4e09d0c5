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

    [Fact]
    public void Bytes_count_and_not_characters() => Assert.Equal(6, ConversationWindow.Size(Turn("é", "😀")));

    [Fact]
    public void The_defaults_are_those_of_the_documents()
    {
        Assert.Equal(100, new ConversationOptions().MaxTurns);
        Assert.Equal(65_536, new ConversationOptions().MaxBytes);
    }

    private static RememberedTurn Turn(string input, string output) => new() { Input = input, Output = output };
}
