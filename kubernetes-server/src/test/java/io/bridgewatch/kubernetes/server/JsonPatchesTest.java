package io.bridgewatch.kubernetes.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class JsonPatchesTest {
  /** The examples of RFC 7386 whose results are objects. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'a':'b'} | {'a':'c'} | {'a':'c'}",
        "{'a':'b'} | {'b':'c'} | {'a':'b','b':'c'}",
        "{'a':'b'} | {'a':null} | {}",
        "{'a':'b','b':'c'} | {'a':null} | {'b':'c'}",
        "{'a':['b']} | {'a':'c'} | {'a':'c'}",
        "{'a':'c'} | {'a':['b']} | {'a':['b']}",
        "{'a':{'b':'c'}} | {'a':{'b':'d','c':null}} | {'a':{'b':'d'}}",
        "{'a':[{'b':'c'}]} | {'a':[1]} | {'a':[1]}",
        "{'e':null} | {'a':1} | {'e':null,'a':1}",
        "{} | {'a':{'bb':{'ccc':null}}} | {'a':{'bb':{}}}"
      })
  void mergesAsTheStandardSays(String target, String patch, String expected) {
    var merged = json(target);
    JsonPatches.merge(merged, json(patch));
    assertThat(merged).isEqualTo(json(expected));
  }

  /** After the examples in the appendix of RFC 6902. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'foo':'bar'} | {'op':'add','path':'/baz','value':'qux'} | {'foo':'bar','baz':'qux'}",
        "{'foo':['bar','baz']} | {'op':'add','path':'/foo/1','value':'qux'} | {'foo':['bar','qux','baz']}",
        "{'foo':['bar']} | {'op':'add','path':'/foo/-','value':['abc']} | {'foo':['bar',['abc']]}",
        "{'baz':'qux','foo':'bar'} | {'op':'remove','path':'/baz'} | {'foo':'bar'}",
        "{'foo':['bar','qux','baz']} | {'op':'remove','path':'/foo/1'} | {'foo':['bar','baz']}",
        "{'baz':'qux'} | {'op':'replace','path':'/baz','value':'boo'} | {'baz':'boo'}",
        "{'a':{'b':1},'c':{}} | {'op':'move','from':'/a/b','path':'/c/d'} | {'a':{},'c':{'d':1}}",
        "{'foo':[1,2,3]} | {'op':'move','from':'/foo/0','path':'/foo/2'} | {'foo':[2,3,1]}",
        "{'a':{'b':1}} | {'op':'copy','from':'/a','path':'/c'} | {'a':{'b':1},'c':{'b':1}}",
        "{'~1':1,'x/y':2} | {'op':'replace','path':'/x~1y','value':3} | {'~1':1,'x/y':3}"
      })
  void patchesAsTheStandardSays(String target, String operation, String expected) {
    var patched = json(target);
    var patch =
        Json.node(("[" + operation.replace('\'', '"') + "]").getBytes(StandardCharsets.UTF_8));
    JsonPatches.apply(patched, patch);
    assertThat(patched).isEqualTo(json(expected));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    for (var operation :
        new String[] {
          "{'op':'remove','path':'/b'}",
          "{'op':'add','path':'/a/b/c','value':1}",
          "{'op':'add','path':'/l/7','value':1}",
          "{'op':'test','path':'/a','value':2}"
        }) {
      var patch =
          Json.node(("[" + operation.replace('\'', '"') + "]").getBytes(StandardCharsets.UTF_8));
      assertThatThrownBy(() -> JsonPatches.apply(json("{'a':1,'l':[1]}"), patch))
          .as(operation)
          .isInstanceOf(Refusal.class);
    }
  }

  private static ObjectNode json(String text) {
    return Json.object(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
