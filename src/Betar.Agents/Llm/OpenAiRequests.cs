using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace Betar.Agents.Llm;

/// <summary>Questions in OpenAI's language.</summary>
internal static class OpenAiRequests
{
    public static IEnumerable<OpenAI.Chat.ChatMessage> Messages(IEnumerable<ChatMessage> messages) => messages.SelectMany(Of);

    public static ChatCompletionOptions Options(ChatOptions? from)
    {
        var options = new ChatCompletionOptions();
        if (from is null)
            return options;
        options.Temperature = from.Temperature;
        options.TopP = from.TopP;
        options.MaxOutputTokenCount = from.MaxOutputTokens;
#pragma warning disable OPENAI001 // The seed is a part of the protocol that the library calls unsettled.
        options.Seed = from.Seed;
#pragma warning restore OPENAI001
        foreach (string stop in from.StopSequences ?? [])
            options.StopSequences.Add(stop);
        foreach (AIFunctionDeclaration tool in from.Tools?.OfType<AIFunctionDeclaration>() ?? [])
            options.Tools.Add(ChatTool.CreateFunctionTool(tool.Name, tool.Description, BinaryData.FromString(tool.JsonSchema.GetRawText())));
        if (from.ResponseFormat is ChatResponseFormatJson { Schema: { } schema } json)
            options.ResponseFormat = OpenAI.Chat.ChatResponseFormat.CreateJsonSchemaFormat(json.SchemaName ?? "answer", BinaryData.FromString(schema.GetRawText()));
        return options;
    }

    private static IEnumerable<OpenAI.Chat.ChatMessage> Of(ChatMessage message)
    {
        if (message.Role == ChatRole.System)
            return [new SystemChatMessage(message.Text)];
        if (message.Role == ChatRole.User)
            return [new UserChatMessage(message.Text)];
        if (message.Role == ChatRole.Tool)
            return message.Contents.OfType<FunctionResultContent>().Select(result => new ToolChatMessage(result.CallId, result.Result as string ?? ""));

        List<ChatToolCall> calls = [.. message.Contents.OfType<FunctionCallContent>().Select(call =>
            ChatToolCall.CreateFunctionToolCall(call.CallId, call.Name, BinaryData.FromString(ToolArguments.Write(call.Arguments))))];
        if (calls.Count == 0)
            return [new AssistantChatMessage(message.Text)];
        var assistant = new AssistantChatMessage(calls);
        if (message.Text.Length > 0)
            assistant.Content.Add(ChatMessageContentPart.CreateTextPart(message.Text));
        return [assistant];
    }
}
