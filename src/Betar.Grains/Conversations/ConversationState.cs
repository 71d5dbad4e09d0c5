using Betar.Grains.Abstractions.Conversations;

namespace Betar.Grains.Conversations;

/// <summary>What is kept of a conversation.</summary>
[GenerateSerializer, Alias("betar.conversation-state")]
public sealed class ConversationState
{
    /// <summary>Oldest first.</summary>
    [Id(0)] public List<RememberedTurn> Turns { get; set; } = [];

    /// <summary>Of what was before the turns.</summary>
    [Id(1)] public string Summary { get; set; } = "";

    /// <summary>Another one after each summary and each time the caller was forgotten.</summary>
    [Id(2)] public Guid Mark { get; set; }

    /// <summary>Exchanges that were before the turns.</summary>
    [Id(3)] public long Gone { get; set; }
}
