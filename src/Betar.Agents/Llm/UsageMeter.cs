using Microsoft.Extensions.AI;

namespace Betar.Agents.Llm;

/// <summary>Adds up what one task takes.</summary>
internal sealed class UsageMeter
{
    private const long MostTokens = 1_000_000_000;

    private string _model = "";
    private int _calls;
    private long _input;
    private long _output;
    private decimal _cost;

    public long Tokens => _input + _output;

    public void Called() => _calls++;

    public void Add(ChatResponse response, ModelEndpoint endpoint)
    {
        _model = response.ModelId is { Length: > 0 } named ? named : endpoint.Model;
        long input = Counted(response.Usage?.InputTokenCount), output = Counted(response.Usage?.OutputTokenCount);
        _input += input;
        _output += output;

        // A USD for a million tokens is a millionth of a USD for one.
        _cost += (input * endpoint.InputPrice) + (output * endpoint.OutputPrice);
    }

    public ModelUsage ToUsage() => new(_model, _calls, _input, _output) { CostAtomic = (long)decimal.Ceiling(_cost) };

    /// <summary>An endpoint may say anything.</summary>
    private static long Counted(long? tokens) => Math.Clamp(tokens ?? 0, 0, MostTokens);
}
