using System.Text.Json;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Abstractions.Conversations;
using Betar.Node.Composition;
using Betar.Node.Control;
using Betar.Node.Errors;
using Orleans;

namespace Betar.Node.Conversations;

/// <summary>What the agents of a running node remember of their callers.</summary>
internal sealed class ConversationsPart : INodePart
{
    public IReadOnlyDictionary<string, ControlHandler> Handlers(SellerNode node) => new Dictionary<string, ControlHandler>(StringComparer.Ordinal)
    {
        ["conversations.show"] = (arguments, _) => ShowAsync(node, arguments),
        ["conversations.forget"] = (arguments, _) => ForgetAsync(node, arguments),
    };

    private static async Task<ControlAnswer> ShowAsync(SellerNode node, JsonElement arguments)
    {
        if (Find(node, arguments, out CliRefusal? refusal) is not { } conversation)
            return ControlAnswer.Refused(refusal!);
        Recollection known = await conversation.Recall(new MemoryPolicy(int.MaxValue, int.MaxValue));
        return ControlAnswer.Json(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("summary", known.Summary);
            writer.WriteStartArray("turns");
            foreach (RememberedTurn turn in known.Turns)
            {
                writer.WriteStartObject();
                writer.WriteString("input", turn.Input);
                writer.WriteString("output", turn.Output);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private static async Task<ControlAnswer> ForgetAsync(SellerNode node, JsonElement arguments)
    {
        if (Find(node, arguments, out CliRefusal? refusal) is not { } conversation)
            return ControlAnswer.Refused(refusal!);
        bool forgotten = await conversation.Forget();
        return ControlAnswer.Json(writer =>
        {
            writer.WriteStartObject();
            writer.WriteBoolean("forgotten", forgotten);
            writer.WriteEndObject();
        });
    }

    /// <summary>Payers are remembered in lower case, peers as they are.</summary>
    private static IConversationGrain? Find(SellerNode node, JsonElement arguments, out CliRefusal? refusal)
    {
        string agentId = ControlArguments.Text(arguments, "agentId"), caller = ControlArguments.Text(arguments, "caller");
        if (!node.Offers.TryGet(AgentNames.IdOf(node.Offers.All, agentId), out AgentSpec? spec))
        {
            refusal = ErrorCatalog.UnknownAgent.Refuse($"This node has no agent {VisibleText.Of(agentId)}");
            return null;
        }
        refusal = null;
        string remembered = caller.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? caller.ToLowerInvariant() : caller;
        return node.Grains.GetGrain<IConversationGrain>(IConversationGrain.Key(spec.AgentId, remembered));
    }
}
