using Microsoft.Extensions.AI;

namespace Betar.Agents.Llm;

/// <summary>Adds up what one task takes.</summary>
internal sealed class UsageMeter
{
    private string _model = "";
    private int _calls;
    private long _input;
    private long _output;

    public long Tokens => _input + _output;

    public void Called() => _calls++;

    public void Add(ChatResponse response, string model)
    {
        _model = response.ModelId is { Length: > 0 } named ? named : model;
        _input += Math.Max(response.Usage?.InputTokenCount ?? 0, 0);
        _output += Math.Max(response.Usage?.OutputTokenCount ?? 0, 0);
    }

    public ModelUsage ToUsage() => new(_model, _calls, _input, _output);
}
