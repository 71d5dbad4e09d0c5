using Betar.Grains.Abstractions.Conversations;

namespace Betar.Grains.Conversations;

/// <summary>What is kept of a conversation.</summary>
[GenerateSerializer, Alias("betar.conversation-state")]
public sealed class ConversationState
{
    /// <summary>Oldest first.</summary>
    [Id(0)] public List<RememberedTurn> Turns { get; set; } = [];
}
