using Microsoft.Extensions.AI;
using OpenAI.Chat;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace Betar.Agents.Llm;

/// <summary>Answers in OpenAI's language.</summary>
internal static class OpenAiAnswers
{
    public static ChatResponse Read(ChatCompletion completion)
    {
        List<AIContent> contents = [.. completion.Content.Where(part => part.Text is not null).Select(part => new TextContent(part.Text))];
        contents.AddRange(completion.ToolCalls.Select(call =>
            new FunctionCallContent(call.Id, call.FunctionName, ToolArguments.Read(call.FunctionArguments?.ToString()))));
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, contents))
        {
            ModelId = completion.Model,
            FinishReason = Reason(completion.FinishReason),
            Usage = completion.Usage is { } usage ? Usage(usage) : null,
        };
    }

    public static ChatResponseUpdate Read(StreamingChatCompletionUpdate update, StreamedCalls calls)
    {
        foreach (StreamingChatToolCallUpdate call in update.ToolCallUpdates)
            calls.Add(call.Index, call.ToolCallId, call.FunctionName, call.FunctionArgumentsUpdate?.ToString());
        List<AIContent> contents = [.. update.ContentUpdate.Where(part => part.Text is not null).Select(part => new TextContent(part.Text))];
        if (update.Usage is { } usage)
            contents.Add(new UsageContent(Usage(usage)));
        return new ChatResponseUpdate(ChatRole.Assistant, contents)
        {
            ModelId = update.Model,
            FinishReason = update.FinishReason is { } reason ? Reason(reason) : null,
        };
    }

    private static Microsoft.Extensions.AI.ChatFinishReason Reason(OpenAI.Chat.ChatFinishReason reason) => reason switch
    {
        OpenAI.Chat.ChatFinishReason.Length => Microsoft.Extensions.AI.ChatFinishReason.Length,
        OpenAI.Chat.ChatFinishReason.ContentFilter => Microsoft.Extensions.AI.ChatFinishReason.ContentFilter,
        OpenAI.Chat.ChatFinishReason.ToolCalls or OpenAI.Chat.ChatFinishReason.FunctionCall => Microsoft.Extensions.AI.ChatFinishReason.ToolCalls,
        _ => Microsoft.Extensions.AI.ChatFinishReason.Stop,
    };

    private static UsageDetails Usage(ChatTokenUsage usage) =>
        new() { InputTokenCount = usage.InputTokenCount, OutputTokenCount = usage.OutputTokenCount, TotalTokenCount = usage.TotalTokenCount };
}
