using System.Text;
using Microsoft.Extensions.AI;

namespace Betar.Agents.Llm;

/// <summary>Puts together calls of tools that come in pieces.</summary>
internal sealed class StreamedCalls
{
    private readonly SortedDictionary<int, (string Id, string Name, StringBuilder Arguments)> _calls = [];

    public bool Any => _calls.Count > 0;

    public void Add(int index, string? id, string? name, string? arguments)
    {
        (string Id, string Name, StringBuilder Arguments) call = _calls.GetValueOrDefault(index, ("", "", new StringBuilder()));
        call.Arguments.Append(arguments);
        _calls[index] = (string.IsNullOrEmpty(id) ? call.Id : id, string.IsNullOrEmpty(name) ? call.Name : name, call.Arguments);
    }

    public ChatResponseUpdate ToUpdate() => new(ChatRole.Assistant,
        [.. _calls.Values.Select(call => new FunctionCallContent(call.Id, call.Name, ToolArguments.Read(call.Arguments.ToString())))]);
}
