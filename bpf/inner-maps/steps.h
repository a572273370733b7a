/* The steps of a case, in the order in which they are taken. The names are those of the report. */
#ifndef INNER_MAPS_STEPS_H
#define INNER_MAPS_STEPS_H

#define STEP_BTF_LOAD "btf_load"
#define STEP_TEMPLATE "template"
#define STEP_INNER "inner"
#define STEP_OUTER "outer"
#define STEP_UPDATE "update"
#define STEP_DELETE "delete"
#define STEP_LOOK_UP "look_up"
#define STEP_BATCH "batch"
#define STEP_FREE "free"
#define STEP_LOAD "load"   /* a program that reads the inner map */
#define STEP_RUN "run"
#define STEP_VALUE "value" /* what it read */
#define STEP_OBJECT_OPEN "object_open"
#define STEP_OBJECT_LOAD "object_load"

#endif
